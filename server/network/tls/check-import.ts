/** Judges a certificate that someone brings along before it is used. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { Fault } from '../../contract/problem.ts';
import { ValidationError } from '../../errors.ts';
import { dnsNames } from './certificate-names.ts';
import type { CertificateAndKey } from './issue.ts';

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ANY_USAGE = '2.5.29.37.0';
const NAME = /^(\*\.)?(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;

/** A certificate that can be used, with the names it is for. */
export interface CheckedCertificate extends CertificateAndKey {
  readonly leaf: X509Certificate;
  readonly names: readonly string[];
}

/**
 * Reads a certificate with its chain, and its key.
 * @param now null where dates do not count
 * @throws {ValidationError} with every fault: not PEM, an encrypted or other key, not valid now, no host name, not for servers
 */
export function checkImport(
  input: { readonly certificate: string; readonly key: string },
  now: number | null,
): CheckedCertificate {
  const faults: Fault[] = [];
  const refuse = (field: 'certificate' | 'key', message: string) => faults.push({ field, message });
  const blocks = input.certificate.match(PEM_BLOCK) ?? [];
  const leaf = readLeaf(blocks, refuse);
  const key = readKey(input.key, refuse);
  if (leaf) judgeLeaf(leaf, now, refuse);
  if (leaf && key && !leaf.checkPrivateKey(key)) refuse('key', 'does not belong to the certificate');
  const usable = {
    certificate: `${blocks.join('\n')}\n`,
    key: key?.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  if (faults.length === 0) judgeByUse(usable, refuse);
  if (faults.length > 0 || !leaf || usable.key === undefined)
    throw new ValidationError('The certificate was not taken.', faults);
  return { certificate: usable.certificate, key: usable.key, leaf, names: dnsNames(leaf) };
}

type Refuse = (field: 'certificate' | 'key', message: string) => void;

function readLeaf(blocks: readonly string[], refuse: Refuse): X509Certificate | null {
  const [first] = blocks;
  if (first === undefined) {
    refuse('certificate', 'holds no PEM certificate (-----BEGIN CERTIFICATE-----)');
    return null;
  }
  try {
    for (const block of blocks.slice(1)) new X509Certificate(block);
    return new X509Certificate(first);
  } catch {
    refuse('certificate', 'is damaged: one of its PEM blocks is not a certificate');
    return null;
  }
}

function readKey(text: string, refuse: Refuse): KeyObject | null {
  if (/ENCRYPTED/.test(text)) {
    refuse('key', 'is encrypted with a passphrase. Decrypt it first: openssl pkey -in key.pem -out plain.pem');
    return null;
  }
  try {
    return createPrivateKey(text);
  } catch {
    refuse('key', 'is not a private key in PEM form (-----BEGIN PRIVATE KEY-----)');
    return null;
  }
}

function judgeLeaf(leaf: X509Certificate, now: number | null, refuse: Refuse): void {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  if (now !== null && leaf.validToDate.getTime() <= now) refuse('certificate', `expired on ${day(leaf.validToDate)}`);
  if (now !== null && leaf.validFromDate.getTime() > now)
    refuse('certificate', `is not valid before ${day(leaf.validFromDate)}`);
  const names = dnsNames(leaf);
  if (names.length === 0) refuse('certificate', 'names no host (no DNS name among its alternative names)');
  const wrong = names.find((name) => !NAME.test(name));
  if (wrong !== undefined) refuse('certificate', `names "${wrong.slice(0, 60)}", which is no host name`);
  // Node calls the extended usages `keyUsage`; without any, a certificate is for everything.
  const usages = leaf.keyUsage as readonly string[] | undefined;
  if (usages && usages.length > 0 && !usages.includes(SERVER_AUTH) && !usages.includes(ANY_USAGE))
    refuse('certificate', 'is not for servers (its extended usage lacks serverAuth)');
}

/** What TLS itself refuses, such as a key that is too short. */
function judgeByUse(
  { certificate, key }: { readonly certificate: string; readonly key: string | undefined },
  refuse: Refuse,
): void {
  try {
    createSecureContext({ cert: certificate, key });
  } catch (error) {
    refuse('certificate', `cannot be used for TLS: ${(error as Error).message}`);
  }
}
