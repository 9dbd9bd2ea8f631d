import type { z } from 'zod';
import type { domainWarning } from '../../contract/domains.ts';

export type DomainWarning = Readonly<z.infer<typeof domainWarning>>;

/** Browsers open these only over HTTPS: whole top-level domains on the HSTS preload list. Source: hstspreload.org. */
const PRELOADED = new Set(
  (
    'android app bank boo channel chrome dad day dev eat esq fly foo gle gmail google hangout hotmail how ing insurance ' +
    'meet meme mov new nexus page phd play prof rsvp search soy youtube zip'
  ).split(' '),
);
/** Never delegated, for tests and documentation. Source: RFC 2606, RFC 6761, RFC 8375, RFC 9476. */
const RESERVED = new Set(['localhost', 'test', 'example', 'invalid', 'internal', 'onion', 'alt']);
const RESERVED_NAMES = ['example.com', 'example.net', 'example.org', 'home.arpa'];

/** True for a name that the public DNS can never answer. */
export function isReservedName(domain: string): boolean {
  return RESERVED.has(lastLabel(domain)) || RESERVED_NAMES.some((name) => isAtOrBelow(domain, name));
}

/** What somebody should know of a domain that can be added. */
export function warningsOf(domain: string, displayName: string, privateSuffix: string | null): DomainWarning[] {
  const end = lastLabel(domain);
  const warnings: DomainWarning[] = [];
  if (end === 'local')
    warnings.push({
      code: 'mdns',
      message: `Names below .local are asked by multicast DNS on many systems, so ${displayName} can be slow or not resolve at all. A name below .test has no such trouble.`,
    });
  if (PRELOADED.has(end))
    warnings.push({
      code: 'hsts_preload',
      message: `Browsers open names below .${end} over HTTPS alone. Set up HTTPS here, or take another name.`,
    });
  if (isReservedName(domain))
    warnings.push({
      code: 'reserved_tld',
      message: `${displayName} is reserved for tests and documentation: the public DNS never answers it. It works on this machine and in the rehearsal.`,
    });
  if (privateSuffix !== null)
    warnings.push({
      code: 'public_suffix',
      message: `Names below ${privateSuffix} belong to who runs it. The records below can only be entered when they let you.`,
    });
  if (displayName !== domain) warnings.push({ code: 'punycode', message: punycodeMessage(domain, displayName) });
  return warnings;
}

export function realSiteWarning(displayName: string, address: string): DomainWarning {
  return {
    code: 'real_site',
    message: `${displayName} is a real site at ${address}. While its name leads to this machine, that site cannot be reached from here.`,
  };
}

function punycodeMessage(domain: string, displayName: string): string {
  const written = `${displayName} is kept and sent as ${domain}.`;
  const odd = displayName.split('.').find((label) => isMixed(label) || looksLatin(label));
  if (odd === undefined) return written;
  const why = isMixed(odd) ? 'mixes letters of several scripts' : 'has letters that look like Latin ones and are not';
  return `${written} "${odd}" ${why}: it can be taken for another name, and browsers show it as ${domain}.`;
}

const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Thai',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
].map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, 'u') }));
/** Scripts that are written together. Source: UTS #39, "highly restrictive". */
const TOGETHER = [new Set(['Latin', 'Han', 'Hiragana', 'Katakana']), new Set(['Latin', 'Han', 'Hangul'])];

function isMixed(label: string): boolean {
  const used = SCRIPTS.filter(({ pattern }) => pattern.test(label)).map(({ name }) => name);
  return used.length > 1 && !TOGETHER.some((set) => used.every((name) => set.has(name)));
}

/** Cyrillic and Greek letters that are drawn as Latin ones. */
function looksLatin(label: string): boolean {
  return /^[асԁеһіјӏоԛрѕсԝхуѵӓёїοανρικυ0-9-]+$/u.test(label) && /[^\u0000-\u007f]/.test(label);
}

function isAtOrBelow(domain: string, name: string): boolean {
  return domain === name || domain.endsWith(`.${name}`);
}

function lastLabel(domain: string): string {
  return domain.slice(domain.lastIndexOf('.') + 1);
}
