/**
 * Addresses of Postgres servers as `DATABASE_URL` writes them. An address holds a password: messages never quote a part of
 * one, because an unencoded `@`, `/`, `?` or `#` in the password makes any part of the text part of the password.
 */
import { StartupError } from '../../errors.ts';

/** How far TLS goes; what each means is libpq's: docs/POSTGRES.md. */
export const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** A parsed address. */
export interface PostgresAddress {
  /** Name or address, or the folder of a Unix socket, which begins with `/`. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Null when the address has none: then the server must not ask for one. */
  readonly password: string | null;
  readonly database: string;
  readonly sslMode: SslMode;
  /** Files of PEM certificates; `system` are those the operating system trusts. */
  readonly sslRootCert: string | null;
  readonly sslCert: string | null;
  readonly sslKey: string | null;
}

const DEFAULT_PORT = 5432;
const ENCODE_ADVICE =
  'Write the characters @ : / ? # % of names and passwords percent-encoded: %40 %3A %2F %3F %23 %25.';
const EXAMPLE = 'postgres://USER:PASSWORD@HOST:5432/DATABASE';
const HOST_NAME = /^[a-z0-9_]([a-z0-9_.-]{0,252})$/i;
const IP6 = /^[0-9a-f:]+(\.\d+){0,3}(%[a-z0-9]+)?$/i;
const OPTIONS = {
  sslmode: 'sslMode',
  sslrootcert: 'sslRootCert',
  sslcert: 'sslCert',
  sslkey: 'sslKey',
  host: 'host',
  port: 'port',
  user: 'user',
  password: 'password',
  dbname: 'database',
} as const;

type Parts = { [Name in (typeof OPTIONS)[keyof typeof OPTIONS]]?: string };

/**
 * Reads `postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=...`.
 * @throws {StartupError} with exit code 2, saying what is wrong without quoting any of it
 */
export function parsePostgresUrl(text: string): PostgresAddress {
  const scheme = /^postgres(ql)?:\/\//i.exec(text.trim())?.[0];
  if (!scheme) throw fault(`must begin with postgres:// or postgresql://, as ${EXAMPLE}`);
  const rest = text.trim().slice(scheme.length);
  if (rest.includes('#')) throw fault(`has a # in it. ${ENCODE_ADVICE}`);
  const [, authority = '', path = '', query = ''] = /^([^/?]*)\/?([^?]*)\??(.*)$/s.exec(rest) ?? [];
  if (`${path}${query}`.includes('@')) throw fault(`has an @ behind the host. ${ENCODE_ADVICE}`);
  return complete({
    ...readAuthority(authority),
    ...(path === '' ? {} : { database: decode(path) }),
    ...readQuery(query),
  });
}

/** What is wrong with an address, to follow its name in a sentence; null when nothing is. */
export function postgresUrlFault(text: string): string | null {
  try {
    parsePostgresUrl(text);
    return null;
  } catch (error) {
    return (error as AddressError).reason;
  }
}

/** Writes an address as a URL, so that parsing gives it back. */
export function formatPostgresUrl(address: PostgresAddress): string {
  const { user, password, host, port, database, ...ssl } = address;
  const secret = password === null ? '' : `:${encode(password)}`;
  const place = host.includes(':') ? `[${host}]` : encode(host);
  const options = Object.entries(OPTIONS).flatMap(([name, key]) => {
    const value = (ssl as Parts)[key];
    return !value || (key === 'sslMode' && value === 'prefer') ? [] : [`${name}=${encode(value)}`];
  });
  const query = options.length > 0 ? `?${options.join('&')}` : '';
  return `postgres://${encode(user)}${secret}@${place}:${port}/${encode(database)}${query}`;
}

/** `db.example:5432/orion`: for people, without user and password. */
export function postgresLabel({ host, port, database }: Pick<PostgresAddress, 'host' | 'port' | 'database'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
}

class AddressError extends StartupError {
  readonly reason: string;

  constructor(reason: string) {
    super(`The address of the database ${reason}`, 2);
    this.reason = reason;
  }
}

function fault(reason: string): AddressError {
  return new AddressError(reason);
}

function readAuthority(text: string): Parts {
  const at = text.lastIndexOf('@');
  const place = text.slice(at + 1);
  const match = /^(\[(?<ip6>[^\]]*)\]|(?<host>[^:]*))(:(?<port>.*))?$/s.exec(place);
  const { ip6, host = '', port = '' } = match?.groups ?? {};
  if (!match || (ip6 !== undefined && !IP6.test(ip6))) throw fault(`has a host that cannot be read. ${ENCODE_ADVICE}`);
  const parts: Parts = {};
  if (at >= 0) {
    const login = text.slice(0, at);
    const colon = login.indexOf(':');
    parts.user = decode(colon < 0 ? login : login.slice(0, colon));
    if (colon >= 0) parts.password = decode(login.slice(colon + 1));
  }
  if (port !== '') parts.port = port;
  if (ip6 !== undefined || host !== '') parts.host = ip6 ?? decode(host);
  return parts;
}

function readQuery(text: string): Parts {
  const parts: Parts = {};
  for (const pair of text.split('&').filter(Boolean)) {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const key = Object.hasOwn(OPTIONS, name) ? OPTIONS[name as keyof typeof OPTIONS] : undefined;
    if (!key)
      throw fault(`has an option behind the ? that is not known here. There are ${Object.keys(OPTIONS).join(', ')}.`);
    parts[key] = decode(value);
  }
  return parts;
}

function complete(parts: Parts): PostgresAddress {
  const { host = 'localhost', user, password, database, sslMode = 'prefer' } = parts;
  const port = parts.port === undefined ? DEFAULT_PORT : /^\d{1,5}$/.test(parts.port) ? Number(parts.port) : 0;
  if (host.includes(',')) throw fault('names several hosts; this program connects to one.');
  if (!host.startsWith('/') && !HOST_NAME.test(host) && !isIp6(host))
    throw fault(`has a host that cannot be one. ${ENCODE_ADVICE}`);
  if (port < 1 || port > 65535) throw fault(`has a port that is no number from 1 to 65535. ${ENCODE_ADVICE}`);
  if (!user) throw fault(`names no user. Write it as ${EXAMPLE}.`);
  if (!database) throw fault(`names no database. Write it as ${EXAMPLE}.`);
  if (!SSL_MODES.includes(sslMode as SslMode)) throw fault(`has an sslmode that is none of ${SSL_MODES.join(', ')}.`);
  if (Object.values(parts).some((value) => value.includes('\0'))) throw fault('has a NUL character (%00) in it.');
  return {
    host,
    port,
    user,
    password: password ? password : null,
    database,
    sslMode: sslMode as SslMode,
    sslRootCert: parts.sslRootCert || null,
    sslCert: parts.sslCert || null,
    sslKey: parts.sslKey || null,
  };
}

function isIp6(host: string): boolean {
  return host.includes(':') && IP6.test(host);
}

function encode(text: string): string {
  return encodeURIComponent(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw fault(`has a % that begins no percent-encoded character. ${ENCODE_ADVICE}`);
  }
}
