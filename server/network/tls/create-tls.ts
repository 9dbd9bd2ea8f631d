import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../observability/log.ts';
import type { Elevations } from '../elevation.ts';
import { LocalAuthority } from './authority.ts';
import { AuthorityTrust } from './authority-trust.ts';
import { HostCertificates } from './host-certificates.ts';
import { HttpsService } from './https-service.ts';
import type { KeptSettings, WantedHttps } from './https-settings.ts';
import { ImportedCertificates } from './imported-certificates.ts';
import { findPlaces, type TrustMachine } from './trust/find-places.ts';
import { runProgram } from './trust/run-program.ts';

/** Everything of HTTPS on this machine. */
export interface Tls {
  readonly authority: LocalAuthority;
  readonly imported: ImportedCertificates;
  readonly hosts: HostCertificates;
  readonly https: HttpsService;
  readonly trust: AuthorityTrust;
  readonly ownerOf: OwnerOf;
}

/** Whose a host name is: a store's code, or null for the platform's own names. */
export type OwnerOf = (name: string) => Promise<{ readonly store: string | null } | null>;

export interface TlsInput {
  readonly dataDir: string;
  readonly platformDomain: string;
  readonly wanted: WantedHttps;
  readonly settings: KeptSettings;
  readonly elevations: Elevations;
  /** Whose a host name is; null when the platform does not know it. */
  readonly ownerOf: OwnerOf;
  readonly log: Logger;
  /** Told when there is another certificate. */
  readonly onChange: () => void;
  /** Home folder whose browsers' trust is looked at and changed; null: the user's own, and the system's. */
  readonly trustHome: string | null;
}

/** Puts HTTPS together; nothing is written before its first use. */
export function createTls(input: TlsInput): Tls {
  const { platformDomain, elevations, log, ownerOf } = input;
  const machine = thisMachine(input.trustHome);
  const folder = join(input.dataDir, 'certificates');
  const authority = new LocalAuthority(folder, log);
  const imported = new ImportedCertificates(join(folder, 'imported'), log);
  const { settings, wanted } = input;
  const isKnown = async (name: string) => (await ownerOf(name)) !== null;
  const hosts = new HostCertificates({
    folder: join(folder, 'hosts'),
    authority,
    imported,
    platformDomain,
    isKnown,
    onMade: input.onChange,
  });
  return {
    authority,
    imported,
    hosts,
    https: new HttpsService({ settings, wanted, hosts, platformDomain, log }),
    trust: new AuthorityTrust({ authority, elevations, places: () => findPlaces(machine) }),
    ownerOf,
  };
}

/** Makes a new authority: what the former one signed is forgotten, what trusts it still does. */
export async function renewAuthority({ authority, hosts, https }: Tls): Promise<void> {
  await authority.renew();
  await hosts.forgetAll();
  await https.refresh();
}

function thisMachine(trustHome: string | null): TrustMachine {
  return {
    platform: process.platform,
    root: trustHome === null ? '/' : null,
    home: trustHome ?? homedir(),
    isAdministrator: process.getuid?.() === 0,
    environment: process.env,
    run: runProgram,
  };
}
