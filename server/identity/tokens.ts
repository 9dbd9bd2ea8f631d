import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret of 256 bits, safe in URLs and cookies. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What of a token is kept: it cannot be used to sign in. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares two secrets in a time that does not tell how much of them agrees. */
export function sameToken(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(a)), Buffer.from(hashToken(b)));
}
