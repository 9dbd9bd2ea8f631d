import { isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import { parse } from 'tldts';
import { type DomainWarning, warningsOf } from './domain-warnings.ts';

/** A store keeps at most this many. */
export const MAX_DOMAINS = 20;
const MAX_NAME = 253;
const MAX_LABEL = 63;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
/** More than this is no name that somebody typed. */
const MAX_TYPED = 1000;
const MAX_REPEATED = 80;

/** A domain as it was typed, read. */
export interface ReadDomain {
  /** As it is kept: lower case, ASCII, without trailing dot. What was typed, when it is no name. */
  readonly domain: string;
  /** As people write it. */
  readonly displayName: string;
  /** What is wrong with it, in a sentence that names it; null when nothing is. */
  readonly fault: string | null;
  readonly warnings: readonly DomainWarning[];
}

/** Reads a domain name. Never throws; reading its own `domain` again gives the same. */
export function readDomain(text: string, platformDomain: string): ReadDomain {
  const name = text.trim();
  // What faults repeat of it.
  const typed = name.length > MAX_REPEATED ? `${name.slice(0, MAX_REPEATED)}…` : name;
  const fault = typedFault(name, typed);
  if (fault !== null) return refused(name, fault);
  const lower = name.toLowerCase();
  const domain = domainToASCII(lower.endsWith('.') ? lower.slice(0, -1) : lower);
  if (domain === '') return refused(name, `"${typed}" has characters that no domain name has.`);
  const nameFault = asciiFault(domain, typed) ?? placeFault(domain, platformDomain);
  if (nameFault !== null) return refused(domain, nameFault);
  const displayName = displayNameOf(domain);
  // Node leaves punycode that means nothing as it is.
  if (domain.split('.').some((label) => label.startsWith('xn--') && domainToUnicode(label) === label))
    return refused(domain, `"${domain}" has a part that begins with xn-- and is no valid punycode.`);
  const { publicSuffix, isPrivate } = parse(domain, { allowPrivateDomains: true });
  return {
    domain,
    displayName,
    fault: null,
    warnings: warningsOf(domain, displayName, isPrivate ? publicSuffix : null),
  };
}

/** A kept domain as people write it. */
export function displayNameOf(domain: string): string {
  return domainToUnicode(domain) || domain;
}

/** The same name with or without `www.`; null where nobody expects one, such as for `blog.example.com`. */
export function twinOf(domain: string): string | null {
  if (domain.startsWith('www.')) {
    const bare = domain.slice('www.'.length);
    return bare === zoneOf(domain) ? bare : null;
  }
  return domain === zoneOf(domain) && domain.length + 'www.'.length <= MAX_NAME ? `www.${domain}` : null;
}

/** The domain that is registered, and whose DNS zone the records are entered in: `example.co.uk` of any name below it. */
export function zoneOf(domain: string): string {
  return parse(domain, { allowPrivateDomains: true }).domain ?? domain;
}

function refused(domain: string, fault: string): ReadDomain {
  return { domain, displayName: domain, fault, warnings: [] };
}

/** What is plainly something else than a name. */
function typedFault(name: string, typed: string): string | null {
  if (name === '') return 'Enter a domain name, such as shop.example.com.';
  if (name.length > MAX_TYPED) return `This has ${name.length} characters; a domain name has at most ${MAX_NAME}.`;
  if (/[\s\p{Cc}\p{Cf}]/u.test(name))
    return `"${typed}" has a space or a sign that cannot be seen. A domain name has none.`;
  const page = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)|^([^/?#:@]+)[/?#]/i.exec(name);
  if (page) {
    const host = (page[1] ?? page[2] ?? '').replace(/^.*@/, '').replace(/:\d*$/, '');
    return `"${typed}" is the address of a page. Enter the name alone${host === '' ? '' : `: ${host}`}.`;
  }
  if (name.includes('@')) return `"${typed}" is an e-mail address. Enter what follows the @ alone.`;
  if (name.includes('*')) return `"${typed}" is a wildcard. Each name is proven by itself: add them one by one.`;
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0) return `"${typed}" is an address, not a name. A name can point to it.`;
  const port = /^(.*):(\d*)$/.exec(name);
  if (port) return `"${typed}" has a port. A domain is kept without: ${port[1]}.`;
  return null;
}

function asciiFault(domain: string, typed: string): string | null {
  if (isIP(domain) !== 0) return `"${typed}" is read as the address ${domain}, not as a name.`;
  if (domain.length > MAX_NAME) return `The name has ${domain.length} characters; at most ${MAX_NAME} are possible.`;
  const wrong = domain.split('.').find((label) => !LABEL.test(label));
  if (wrong === undefined) return null;
  if (wrong === '') return `"${typed}" has an empty part: two dots in a row, or a dot at its start.`;
  if (wrong.length > MAX_LABEL)
    return `The part "${wrong.slice(0, 20)}…" has ${wrong.length} characters; at most ${MAX_LABEL} are possible.`;
  if (wrong.startsWith('-') || wrong.endsWith('-')) return `The part "${wrong}" begins or ends with a hyphen.`;
  if (wrong.includes('_'))
    return `The part "${wrong}" has an underscore; the names of sites and certificates have none.`;
  return `The part "${wrong}" has characters that no domain name has: letters, digits and hyphens are possible.`;
}

function placeFault(domain: string, platformDomain: string): string | null {
  if (domain === platformDomain) return `${domain} is the platform itself.`;
  if (domain.endsWith(`.${platformDomain}`))
    return `${domain} is below the platform's own ${platformDomain}; a store has its subdomain there anyway.`;
  if (!domain.includes('.')) return `"${domain}" has no dot: it cannot be a public name.`;
  const { publicSuffix, isIcann, isPrivate } = parse(domain, { allowPrivateDomains: true });
  if (publicSuffix === domain && (isIcann || isPrivate))
    return `${domain} is a public suffix: everybody's names are below it, so nobody can have it. Enter a name below it, such as shop.${domain}.`;
  return null;
}
