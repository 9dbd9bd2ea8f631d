/**
 * Lets `https` work inside the app although nothing on this machine trusts the platform's own authority. Only what that very
 * authority has signed is accepted; everything else is judged as Chromium judges it.
 */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from 'electron';

/** Electron's codes: take it, or let Chromium's own verdict count. */
const ACCEPT = 0;
const AS_CHROMIUM_SAYS = -3;

/** Makes a session accept the platform's certificates. @param dataDir the server's data folder; undefined before it is known */
export function trustOwnAuthority(session: Session, dataDir: () => string | undefined): void {
  session.setCertificateVerifyProc(({ hostname, certificate, errorCode }, answer) => {
    if (errorCode === 0) return answer(AS_CHROMIUM_SAYS);
    readAuthority(dataDir()).then(
      (authority) => answer(isOwn(hostname, certificate.data, authority) ? ACCEPT : AS_CHROMIUM_SAYS),
      () => answer(AS_CHROMIUM_SAYS),
    );
  });
}

/** Read each time: the authority is made on first use, and may be made anew. */
async function readAuthority(dataDir: string | undefined): Promise<string | null> {
  return dataDir === undefined ? null : readFile(join(dataDir, 'certificates/authority.crt'), 'utf8');
}

/**
 * Whether a server's certificate is one of the platform's: signed by its authority, for this name, valid now. What a server
 * sends along as its chain proves nothing, so it is not looked at.
 *
 * @param leaf and authority in PEM
 */
export function isOwn(hostname: string, leaf: string, authority: string | null, now = Date.now()): boolean {
  if (authority === null) return false;
  try {
    const issuer = new X509Certificate(authority);
    const own = new X509Certificate(leaf);
    return (
      issuer.ca &&
      !own.ca &&
      own.checkIssued(issuer) &&
      own.verify(issuer.publicKey) &&
      own.checkHost(hostname, { subject: 'never', wildcards: false }) !== undefined &&
      [issuer, own].every(({ validFrom, validTo }) => Date.parse(validFrom) <= now && now < Date.parse(validTo))
    );
  } catch {
    return false;
  }
}
