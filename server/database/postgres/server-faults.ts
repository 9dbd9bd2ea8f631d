/** Says in a sentence why a Postgres cannot be used, and what to do about it. */
import { StartupError } from '../../errors.ts';
import { type PostgresAddress, postgresLabel } from './address.ts';

/** One thing that is wrong: a code for programs, a sentence, and what to do; `fix` may be statements to run. */
export interface PostgresFault {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** A Postgres that cannot be used; every reason that could be found out is in `obstacles`. */
export class PostgresCheckError extends StartupError {
  readonly obstacles: readonly PostgresFault[];

  constructor(obstacles: readonly PostgresFault[], cause?: unknown) {
    super(obstacles.map(({ message, fix }) => `${message} ${fix}`).join('\n'), 2);
    this.obstacles = obstacles;
    if (cause !== undefined) this.cause = cause;
  }
}

type Explain = (address: PostgresAddress) => Omit<PostgresFault, 'code'>;

const START_OR_CORRECT = 'Start Postgres there, or correct host and port of the address.';
const CERTIFICATE_FIX =
  'Name the certificate of its authority with sslrootcert=FILE, or encrypt without checking with sslmode=require.';

/** Codes of the system, of Postgres and of TLS, and texts of pg where it has no code. */
const EXPLANATIONS: readonly (readonly [code: string, pattern: RegExp, explain: Explain])[] = [
  [
    'unreachable',
    /^ECONNREFUSED /,
    (at) => ({ message: `Nothing answers at ${at.host}:${at.port}.`, fix: START_OR_CORRECT }),
  ],
  [
    'unreachable',
    /^ENOENT .*\.s\.PGSQL/,
    (at) => ({ message: `There is no socket of a Postgres in ${at.host} for port ${at.port}.`, fix: START_OR_CORRECT }),
  ],
  [
    'unreachable',
    /^EACCES .*\.s\.PGSQL/,
    (at) => ({ message: `This user may not open the socket in ${at.host}.`, fix: 'Give this user the right to it.' }),
  ],
  [
    'unreachable',
    /^(ENOTFOUND|EAI_AGAIN) /,
    (at) => ({ message: `No computer is known as ${at.host}.`, fix: 'Correct the host of the address.' }),
  ],
  [
    'unreachable',
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH) |timeout expired/,
    (at) => ({
      message: `${at.host}:${at.port} does not answer.`,
      fix: 'Correct the address, or let this computer through the firewall.',
    }),
  ],
  [
    'no_tls',
    /does not support SSL connections/,
    (at) => ({
      message: `The Postgres at ${at.host}:${at.port} does not encrypt, and the address asks for it.`,
      fix: 'Turn ssl on in its postgresql.conf, or write sslmode=prefer or disable.',
    }),
  ],
  [
    'not_postgres',
    /error establishing an SSL connection|Connection terminated unexpectedly|^ECONNRESET |^EPROTO |^ERR_SSL|received invalid response|Unexpected message/i,
    (at) => ({
      message: `What answers at ${at.host}:${at.port} does not speak as a Postgres.`,
      fix: 'Correct host and port of the address.',
    }),
  ],
  [
    'certificate_expired',
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID) /,
    (at) => ({
      message: `The certificate of ${at.host} is not valid today.`,
      fix: 'Have it renewed, and check the clock of both computers.',
    }),
  ],
  [
    'certificate_other_host',
    /^ERR_TLS_CERT_ALTNAME_INVALID /,
    (at) => ({
      message: `The certificate of the Postgres is for another host than ${at.host}.`,
      fix: 'Use the name it is for, or check the authority alone with sslmode=verify-ca.',
    }),
  ],
  [
    'certificate_not_trusted',
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+) /,
    (at) => ({ message: `The certificate of ${at.host} is not trusted here.`, fix: CERTIFICATE_FIX }),
  ],
  [
    'password_missing',
    /password must be a (non-empty )?string|no password supplied|empty password/i,
    (at) => ({
      message: `The Postgres asks for a password of ${quoted(at.user)}, and the address has none.`,
      fix: 'Add it: postgres://USER:PASSWORD@...',
    }),
  ],
  [
    'wrong_password',
    /^28P01 /,
    (at) => ({
      message: `The Postgres at ${at.host}:${at.port} refuses the password of ${quoted(at.user)}, or does not know that user.`,
      fix: `Correct user and password; a superuser sets a new one with: ALTER ROLE ${identifier(at.user)} PASSWORD '...';`,
    }),
  ],
  [
    'tls_required',
    /^28000 .*no encryption/,
    (at) => ({
      message: `The Postgres at ${at.host}:${at.port} lets ${quoted(at.user)} in over TLS alone.`,
      fix: 'Write sslmode=require (or verify-full) in the address.',
    }),
  ],
  [
    'no_entry',
    /^28000 .*(pg_hba|no entry)/,
    (at) => ({
      message: `The Postgres at ${at.host}:${at.port} does not let ${quoted(at.user)} into ${quoted(at.database)} from this computer.`,
      fix: 'Add a line for them to its pg_hba.conf, and reload it.',
    }),
  ],
  [
    'login_refused',
    /^28000 /,
    (at) => ({
      message: `The Postgres at ${at.host}:${at.port} does not let ${quoted(at.user)} in: there is no such role, or it may not log in.`,
      fix: `A superuser makes it with: CREATE ROLE ${identifier(at.user)} LOGIN PASSWORD '...'; or lets it in with: ALTER ROLE ${identifier(at.user)} LOGIN;`,
    }),
  ],
  [
    'no_database',
    /^3D000 /,
    (at) => ({
      message: `There is no database ${quoted(at.database)} at ${at.host}:${at.port}.`,
      fix: createDatabase(at),
    }),
  ],
  [
    'no_connect_right',
    /^42501 /,
    (at) => ({
      message: `${quoted(at.user)} may not connect to the database ${quoted(at.database)}.`,
      fix: `Its owner runs: GRANT CONNECT ON DATABASE ${identifier(at.database)} TO ${identifier(at.user)};`,
    }),
  ],
  [
    'too_many_connections',
    /^53300 /,
    (at) => ({
      message: `The Postgres at ${at.host}:${at.port} has no connection left.`,
      fix: 'Close some, or raise max_connections in its postgresql.conf.',
    }),
  ],
  [
    'starting',
    /^57P03 /,
    (at) => ({ message: `The Postgres at ${at.host}:${at.port} is just starting or stopping.`, fix: 'Try again.' }),
  ],
  [
    'pooler_refuses',
    /unsupported startup parameter/,
    (at) => ({
      message: `A connection pooler answers at ${at.host}:${at.port} and does not take this program's settings.`,
      fix: 'Use the address of Postgres itself, or set ignore_startup_parameters = statement_timeout, lock_timeout, idle_in_transaction_session_timeout in pgbouncer.ini.',
    }),
  ],
];

/** Turns what a connection failed with into a sentence; nothing in it is a password. */
export function explainConnectError(error: unknown, address: PostgresAddress): PostgresCheckError {
  if (error instanceof StartupError) throw error;
  const failure = firstError(error);
  const text = `${failure.code ?? ''} ${failure.message}`;
  for (const [code, pattern, explain] of EXPLANATIONS) {
    if (pattern.test(text)) return new PostgresCheckError([{ code, ...explain(address) }]);
  }
  return new PostgresCheckError([
    {
      code: 'connection_failed',
      message: `The Postgres at ${postgresLabel(address)} cannot be used: ${withoutPassword(text.trim(), address)}.`,
      fix: 'Correct the address, or look at the log of that Postgres.',
    },
  ]);
}

/** A name that stands for several addresses fails with one error for each. */
function firstError(error: unknown): { readonly code?: string; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return firstError(error.errors[0]);
  return error as { code?: string; message: string };
}

/** Takes the password out of a text, as it is and as URLs write it. */
export function withoutPassword(text: string, { password }: Pick<PostgresAddress, 'password'>): string {
  if (!password) return text;
  return [password, encodeURIComponent(password), encodeURI(password)].reduce(
    (cleaned, secret) => cleaned.replaceAll(secret, '…'),
    text,
  );
}

/** The statement that makes the address's database. */
export function createDatabase({ database, user }: Pick<PostgresAddress, 'database' | 'user'>): string {
  return `A superuser makes it with: CREATE DATABASE ${identifier(database)} OWNER ${identifier(user)} ENCODING 'UTF8' TEMPLATE template0;`;
}

/** A name as SQL writes it. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoted(name: string): string {
  return `“${name}”`;
}
