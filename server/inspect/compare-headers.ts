import type { Comparison } from '../contract/inspect.ts';

type ComparedHeader = Comparison['headers'][number];
type Headers = Readonly<Record<string, string>>;

/** They differ in every answer, or are masked. */
const VOLATILE = new Set([
  'date',
  'x-request-id',
  'server-timing',
  'set-cookie',
  'age',
  'connection',
  'keep-alive',
  'traceparent',
  'etag',
  'last-modified',
  'content-length',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'ratelimit-remaining',
  'ratelimit-reset',
]);
/** Of these, what says nothing only while the page is the same. */
const FOLLOWS_BODY = new Set(['etag', 'content-length', 'last-modified']);

/** Headers of two answers by name. @param isSameBody whether the pages differ in nothing that counts */
export function compareHeaders(left: Headers, right: Headers, isSameBody: boolean): ComparedHeader[] {
  const [before, after] = [lowerCase(left), lowerCase(right)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => {
    const [one, other] = [before.get(name) ?? null, after.get(name) ?? null];
    return { name, left: one, right: other, isVolatile: isVolatile(name, one, other, isSameBody) };
  });
}

function lowerCase(headers: Headers): Map<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function isVolatile(name: string, left: string | null, right: string | null, isSameBody: boolean): boolean {
  // One that came or went is a difference, whatever it holds.
  if (left === null || right === null) return false;
  if (FOLLOWS_BODY.has(name)) return isSameBody;
  if (name === 'content-security-policy') return left !== right && withoutNonces(left) === withoutNonces(right);
  return VOLATILE.has(name);
}

function withoutNonces(policy: string): string {
  return policy.replace(/'nonce-[^']*'/g, "'nonce-…'");
}
