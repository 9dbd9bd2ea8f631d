/** What tests of TLS share. */
import { createLogger } from '../../../observability/log.ts';
import { LocalAuthority } from '../authority.ts';
import { HostCertificates } from '../host-certificates.ts';
import { ImportedCertificates } from '../imported-certificates.ts';

export const silent = createLogger({ level: 'silent', format: 'json' });

/** Certificates of a folder, for a platform on `localhost` that knows the given names. */
export function certificatesIn(folder: string, known: readonly string[], now: () => number = Date.now) {
  const authority = new LocalAuthority(folder, silent, now);
  const imported = new ImportedCertificates(`${folder}/imported`, silent, now);
  const isKnown = async (name: string) => known.includes(name);
  const hosts = new HostCertificates({
    folder: `${folder}/hosts`,
    authority,
    imported,
    platformDomain: 'localhost',
    isKnown,
    now,
  });
  return { authority, imported, hosts };
}
