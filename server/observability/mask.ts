/** Takes secrets out of what is recorded of a request, before anybody sees it: URLs, headers and cookies. */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { RequestTrace } from '../contract/requests.ts';
import { maskJson } from './mask-json.ts';
import { isSecretName, MASK } from './secret-names.ts';

type Cookie = RequestTrace['cookies'][number];

const SECRET_HEADERS: ReadonlySet<string> = new Set(['cookie', 'set-cookie', 'authorization', 'proxy-authorization']);
/** Headers that hold addresses, which may carry a sign-in token. */
const ADDRESS_HEADERS: ReadonlySet<string> = new Set(['location', 'referer', 'content-location', 'link', 'refresh']);
/** An address, or a credential under a name that does not say so. */
const MAY_HOLD_SECRET = /[?@]|bearer /i;
/** Preferences: whoever reads them learns nothing that lets them in. */
const HARMLESS_COOKIE =
  /^(theme|locale|lang|language|currency|consent|color-scheme|colorscheme|timezone|tz|view|sort)$/i;
const MAX_COOKIES = 100;

/** A URL or path whose secret parameters are masked, as `/sign-in?token=…`. */
export function maskUrl(url: string): string {
  const start = url.indexOf('?');
  // Parameters may stand in the path as well, behind a semicolon.
  if (start === -1) return url.includes(';') ? maskPairs(url) : url;
  return `${maskUrl(url.slice(0, start))}?${maskPairs(url.slice(start + 1))}`;
}

/** Headers as text, secrets masked; the pseudo headers of HTTP/2 are left out. */
export function maskHeaders(headers: IncomingHttpHeaders | OutgoingHttpHeaders): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || name.startsWith(':')) continue;
    if (SECRET_HEADERS.has(name) || isSecretName(name)) shown[name] = MASK;
    else {
      const text = String(value);
      shown[name] = ADDRESS_HEADERS.has(name) || MAY_HOLD_SECRET.test(text) ? maskAddresses(text) : text;
    }
  }
  return shown;
}

/** Pairs of a query or a form, each `name=value`, secret values masked; everything else stays as it was written. */
export function maskPairs(text: string): string {
  if (!text.includes('=')) return text;
  return text.split('&').map(maskPair).join('&');
}

/** Some programs part pairs by `;`. A secret goes on to the end: it may hold one itself. */
function maskPair(pair: string): string {
  let end = pair.indexOf('=');
  for (let start = 0; end !== -1; ) {
    const next = pair.indexOf(';', start);
    const isNamed = end > start && (next === -1 || end < next);
    if (isNamed && isSecretName(decoded(pair.slice(start, end)))) return `${pair.slice(0, end)}=${MASK}`;
    if (next === -1) return maskInside(pair);
    start = next + 1;
    if (end < start) end = pair.indexOf('=', start);
  }
  return pair;
}

/** A pair whose value holds a secret by itself: an address that leads on, a form or JSON, as `payload=%7B%22token%22…`. */
function maskInside(pair: string): string {
  const end = pair.indexOf('=');
  if (end === -1 || !/[%@={]/.test(pair.slice(end + 1))) return pair;
  const value = decoded(pair.slice(end + 1));
  const masked = /^\s*[[{]/.test(value) ? maskJson(value) : maskAddresses(value);
  return masked === value ? pair : `${pair.slice(0, end)}=${MASK}`;
}

/** A private key in PEM, also one that was cut off. */
const PRIVATE_KEY = /-----BEGIN ([A-Z ]{0,30}PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g;
// Both begin with what is rare in a page, so that most of it is passed over: pages are masked by the thousand when they are kept.
/** The password of an address, as in `postgres://user:password@host`. */
const ADDRESS_PASSWORD = /(:\/\/[^\s:@/"'<>?#]{0,200}:)[^\s/"'<>?#]{1,500}@/g;
/** In an address, or as a text begins that holds pairs: a form within JSON, or one that is declared as something else. */
const PARAMETER = /=(?=[^&\s"'<>\\#])(?<=(?:^|[?&;#"'\s])([\w.%[\]-]{1,100})=)[^&\s"'<>\\#]+/g;

/** A credential as `Authorization` has it, wherever it stands. */
const BEARER = /\b(bearer\s+)[\w.~+/=-]{8,}/gi;

/** Any text, in which the secret parameters and passwords of addresses are masked, and private keys and bearer tokens. */
export function maskAddresses(text: string): string {
  let masked = text.includes('PRIVATE KEY-----') ? text.replace(PRIVATE_KEY, MASK) : text;
  if (masked.includes('earer ')) masked = masked.replace(BEARER, `$1${MASK}`);
  if (masked.includes('@')) masked = masked.replace(ADDRESS_PASSWORD, `$1${MASK}@`);
  return masked.includes('=')
    ? masked.replace(PARAMETER, (whole, name: string) => (isSecretName(decoded(name)) ? `=${MASK}` : whole))
    : masked;
}

const LINE = /^([ \t]*(?:- )?["']?([\w.-]{1,100})["']?[ \t]*:[ \t]*)\S.*$/gm;

/** A text of lines such as `password: …`, as YAML and written-down headers have them; secret ones masked to the line's end. */
export function maskLines(text: string): string {
  return text.replace(LINE, (whole, before: string, name: string) => (isSecretName(name) ? before + MASK : whole));
}

/** Cookies that came and cookies that were set, values masked. */
export function describeCookies(
  sent: string | undefined,
  set: number | string | readonly string[] | undefined,
): Cookie[] {
  const cookies: Cookie[] = [];
  for (const pair of sent?.split(';') ?? []) {
    const cookie = cookieOf(pair, 'sent', '');
    if (cookie) cookies.push(cookie);
  }
  for (const line of set === undefined ? [] : [set].flat()) {
    const [pair = '', ...attributes] = String(line).split(';');
    const cookie = cookieOf(pair, 'set', attributes.map((attribute) => attribute.trim()).join('; '));
    if (cookie) cookies.push(cookie);
  }
  return cookies.slice(0, MAX_COOKIES);
}

function cookieOf(pair: string, direction: Cookie['direction'], attributes: string): Cookie | null {
  const end = pair.indexOf('=');
  const name = (end === -1 ? pair : pair.slice(0, end)).trim().slice(0, 200);
  if (name === '') return null;
  const value = end === -1 ? '' : pair.slice(end + 1).trim();
  return { name, value: value === '' || HARMLESS_COOKIE.test(name) ? value : MASK, direction, attributes };
}

/** The name as its reader understands it; one that cannot be decoded stays. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}
