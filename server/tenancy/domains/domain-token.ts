import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const PREFIX = 'orion-verify=';
/** Where a domain's TXT record stands. Source: features.md 1a row 13. */
export const TXT_LABEL = '_orion-verify';
/** Where the file stands on the domain's web server. */
export const FILE_PATH = '/.well-known/orion-verify.txt';

/** A new secret that only a domain's store is told; who can publish it holds the domain. */
export function createDomainToken(): string {
  return randomBytes(16).toString('hex');
}

/** The value of the TXT record. */
export function txtValueOf(token: string): string {
  return PREFIX + token;
}

/** The token in a TXT record, or null when the record is for something else. */
export function tokenOfTxt(value: string): string | null {
  const text = value.trim();
  return text.toLowerCase().startsWith(PREFIX) ? text.slice(PREFIX.length).trim() : null;
}

/** Compares in a time that does not tell how much is right. */
export function isToken(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
