import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where a kind of Linux keeps whom it trusts, and what reads it anew. */
export interface SystemLayout {
  readonly id: string;
  /** Authorities that were added on this machine. */
  readonly anchors: string;
  /** What programs read in the end. */
  readonly bundle: string;
  readonly updater: readonly [program: string, ...args: string[]];
  /**
   * The list of authorities that the updater takes with `--certsconf`, where it has to be told in that list what was
   * removed: else links in /etc/ssl/certs and Java's key store keep it. Null where it sees that for itself.
   */
  readonly list: string | null;
  /** Installs `certutil`, for browsers. */
  readonly installCertutil: string;
}

/** Documentation: update-ca-certificates(8), update-ca-trust(8). */
export const SYSTEM_LAYOUTS: readonly SystemLayout[] = [
  {
    id: 'debian',
    anchors: '/usr/local/share/ca-certificates',
    bundle: '/etc/ssl/certs/ca-certificates.crt',
    updater: ['/usr/sbin/update-ca-certificates'],
    list: '/etc/ca-certificates.conf',
    installCertutil: 'sudo apt-get install libnss3-tools',
  },
  {
    id: 'fedora',
    anchors: '/etc/pki/ca-trust/source/anchors',
    bundle: '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
    updater: ['/usr/bin/update-ca-trust', 'extract'],
    list: null,
    installCertutil: 'sudo dnf install nss-tools',
  },
  {
    id: 'arch',
    anchors: '/etc/ca-certificates/trust-source/anchors',
    bundle: '/etc/ca-certificates/extracted/tls-ca-bundle.pem',
    updater: ['/usr/bin/update-ca-trust'],
    list: null,
    installCertutil: 'sudo pacman -S nss',
  },
  {
    id: 'suse',
    anchors: '/etc/pki/trust/anchors',
    bundle: '/var/lib/ca-certificates/ca-bundle.pem',
    updater: ['/usr/sbin/update-ca-certificates'],
    list: null,
    installCertutil: 'sudo zypper install mozilla-nss-tools',
  },
];

/** The one file that this program adds; fixed, so that what runs as administrator can write nothing else. */
export const ANCHOR_NAME = 'orion-studio-local-authority.crt';

/** The layout of a machine, by its folders; null when it is none that is known. @param root `/` but in tests */
export function findLayout(root: string): SystemLayout | null {
  return SYSTEM_LAYOUTS.find((layout) => existsSync(join(root, layout.anchors))) ?? null;
}
