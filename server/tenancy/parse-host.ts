/** What a Host header names, before any store is looked for. */
export type HostKind =
  /** The platform itself: `localhost`. */
  | 'platform'
  /** The console: `admin.localhost`. */
  | 'admin'
  /** Exactly one label before the platform's domain: `techstore.localhost`. */
  | 'subdomain'
  /** More than one label before the platform's domain: `a.b.localhost`. */
  | 'nested'
  /** Any other name: it can only be a store's own domain. */
  | 'foreign'
  /** An address instead of a name: it can never be a store. */
  | 'ip';

export interface ParsedHost {
  readonly kind: HostKind;
  /** Lower case, without port and trailing dot. */
  readonly hostname: string;
  /** As given, or null. */
  readonly port: number | null;
  /** The label before the platform's domain, for `subdomain`; else an empty string. */
  readonly label: string;
}

export type HostResult =
  | { readonly ok: true; readonly host: ParsedHost }
  | { readonly ok: false; readonly code: string; readonly message: string };

const MAX_HOSTNAME = 253;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * Reads a Host header. Never guesses: what is not plainly a host name is refused with the reason.
 * The platform's domain is matched at a dot, so `evillocalhost` is foreign.
 * Source: RFC 9110 §7.2, RFC 1123 §2.1.
 */
export function parseHost(raw: string | undefined, platformDomain: string): HostResult {
  if (raw === undefined || raw.trim() === '') return refuse('host_missing', 'The request has no Host header.');
  const text = raw.trim().toLowerCase();
  if (text.length > MAX_HOSTNAME + 7)
    return refuse(
      'host_too_long',
      `The Host header has ${text.length} characters; a host name has at most ${MAX_HOSTNAME}.`,
    );
  if (text.includes('@'))
    return refuse('host_userinfo', 'The Host header holds a user name ("@"). Only a name and a port belong there.');
  const bracketed = /^\[([0-9a-f:.]+)\](?::(\d+))?$/.exec(text);
  if (bracketed)
    return withPort(bracketed[2], (port) => ({ kind: 'ip', hostname: `[${bracketed[1]}]`, port, label: '' }));
  const [name = '', portText, ...more] = text.split(':');
  if (more.length > 0)
    return refuse('host_invalid', 'The Host header has more than one ":". An IPv6 address belongs in brackets.');
  const hostname = name.endsWith('.') ? name.slice(0, -1) : name;
  return withPort(portText, (port) => classify(hostname, port, platformDomain));
}

function withPort(portText: string | undefined, build: (port: number | null) => ParsedHost | string): HostResult {
  if (portText !== undefined && !/^\d{1,5}$/.test(portText))
    return refuse('host_port_invalid', `The Host header's port "${portText}" is not a number from 0 to 65535.`);
  const port = portText === undefined ? null : Number(portText);
  if (port !== null && port > 65535)
    return refuse('host_port_invalid', `The Host header's port ${port} is above 65535.`);
  const host = build(port);
  return typeof host === 'string' ? refuse('host_invalid', host) : { ok: true, host };
}

function classify(hostname: string, port: number | null, platformDomain: string): ParsedHost | string {
  if (hostname.length > MAX_HOSTNAME)
    return `The host name has ${hostname.length} characters; at most ${MAX_HOSTNAME} are possible.`;
  const labels = hostname.split('.');
  const wrong = labels.find((label) => !LABEL.test(label));
  if (wrong !== undefined) return describeLabel(wrong);
  // A name whose last label is a number is read as an IPv4 address by every client.
  if (/^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')) return { kind: 'ip', hostname, port, label: '' };
  if (hostname === platformDomain) return { kind: 'platform', hostname, port, label: '' };
  if (!hostname.endsWith(`.${platformDomain}`)) return { kind: 'foreign', hostname, port, label: '' };
  const label = hostname.slice(0, -platformDomain.length - 1);
  if (label.includes('.')) return { kind: 'nested', hostname, port, label: '' };
  return { kind: label === 'admin' ? 'admin' : 'subdomain', hostname, port, label };
}

function describeLabel(label: string): string {
  if (label === '') return 'The host name has an empty part: two dots in a row, or a dot at its start.';
  if (label.length > 63) return `A part of the host name has ${label.length} characters; at most 63 are possible.`;
  if (/[^\u0020-\u007e]/.test(label))
    return 'The host name has letters outside ASCII. Its punycode form ("xn--…") belongs in the Host header.';
  return `"${label}" cannot be part of a host name.`;
}

function refuse(code: string, message: string): HostResult {
  return { ok: false, code, message };
}
