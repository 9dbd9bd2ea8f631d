/**
 * Makes certificates: of the authority, and of host names. ECDSA on P-256 with SHA-256, which every client of today reads.
 *
 * What keeps a stolen key from doing more: the authority may sign host certificates only (path length 0, `serverAuth` as
 * its only extended usage). It has no name constraints: custom domains are any names, and an authority whose list of
 * permitted names grew would have to be trusted anew each time.
 */
import { KeyObject, type webcrypto } from 'node:crypto';
import { loadX509 } from './load-x509.ts';

/** How the subject of every authority of this program begins. */
export const AUTHORITY_NAME = 'Orion Studio local authority';
const DAY_MS = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 10 * 365;
/** Browsers refuse more than 398; see https://support.apple.com/en-us/102028. */
export const HOST_DAYS = 396;
/** A machine whose clock is somewhat behind accepts new certificates as well. */
const BACKDATED_MS = DAY_MS;
const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/** A certificate with its key, as PEM. */
export interface CertificateAndKey {
  readonly certificate: string;
  readonly key: string;
}

/** Makes an authority that signed itself. @param shortId tells it from other authorities of this program */
export async function makeAuthority(shortId: string, now: Date): Promise<CertificateAndKey> {
  const x509 = await loadX509();
  const keys = await makeKeys();
  const usages = x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ O: ['Orion Studio'] }, { CN: [`${AUTHORITY_NAME} (${shortId})`] }],
    keys,
    notBefore: new Date(now.getTime() - BACKDATED_MS),
    notAfter: new Date(now.getTime() + AUTHORITY_DAYS * DAY_MS),
    signingAlgorithm: SIGNATURE,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(usages, true),
      new x509.ExtendedKeyUsageExtension([SERVER_AUTH]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: withNewline(certificate.toString('pem')), key: exportKey(keys.privateKey) };
}

/** Makes the certificate of exactly one host name, signed by an authority. */
export async function issueForHost(
  authority: { readonly certificate: string; readonly key: KeyObject; readonly notAfter: number },
  name: string,
  now: Date,
): Promise<CertificateAndKey> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await makeKeys();
  const signingKey = authority.key.toCryptoKey(KEY_ALGORITHM, false, ['sign']);
  const certificate = await x509.X509CertificateGenerator.create({
    // A common name has at most 64 characters; clients read the alternative name alone.
    subject: [{ CN: [name.slice(0, 64)] }],
    issuer: issuer.subjectName,
    publicKey: keys.publicKey,
    signingKey,
    notBefore: new Date(now.getTime() - BACKDATED_MS),
    notAfter: new Date(Math.min(now.getTime() - BACKDATED_MS + HOST_DAYS * DAY_MS, authority.notAfter)),
    signingAlgorithm: SIGNATURE,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([SERVER_AUTH]),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: withNewline(certificate.toString('pem')), key: exportKey(keys.privateKey) };
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
}

function exportKey(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function withNewline(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`;
}
