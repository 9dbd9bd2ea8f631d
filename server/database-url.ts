/** The address of the database from the environment's usual names, which other programs know too. */
import { formatPostgresUrl, postgresUrlFault, SSL_MODES, type SslMode } from './database/postgres/address.ts';
import type { Fault } from './errors.ts';

/** In place of an address: the Postgres that the server runs itself, whatever other sources name. */
export const EMBEDDED = 'embedded';

/** What is wrong with an address in a setting; null when nothing is. Nothing of the address is in it. */
export function databaseUrlFault(text: string): string | null {
  return text === EMBEDDED ? null : postgresUrlFault(text);
}

/**
 * Reads `DATABASE_URL`, or else `DB_NAME`, `DB_USER`, `DB_PASSWORD`, `DB_HOST`, `DB_PORT` and `DB_SSLMODE`; undefined when neither
 * is set. They may be another project's, so ask only where Postgres was chosen.
 */
export function databaseUrlFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  faults: Fault[],
): string | undefined {
  if (env['DATABASE_URL']) {
    const message = databaseUrlFault(env['DATABASE_URL']);
    if (message) faults.push({ field: 'DATABASE_URL', message });
    return env['DATABASE_URL'];
  }
  return env['DB_NAME'] ? fromNames(env, env['DB_NAME'], faults) : undefined;
}

function fromNames(
  env: Readonly<Record<string, string | undefined>>,
  database: string,
  faults: Fault[],
): string | undefined {
  const { DB_USER: user, DB_PASSWORD: password, DB_HOST: host, DB_PORT: port, DB_SSLMODE: sslMode } = env;
  const before = faults.length;
  if (!user) faults.push({ field: 'DB_USER', message: 'is missing beside DB_NAME' });
  if (port && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535))
    faults.push({ field: 'DB_PORT', message: 'must be a number from 1 to 65535' });
  if (sslMode && !SSL_MODES.includes(sslMode as SslMode))
    faults.push({ field: 'DB_SSLMODE', message: `must be ${SSL_MODES.join(', ')}` });
  if (faults.length > before) return undefined;
  const url = formatPostgresUrl({
    host: host || 'localhost',
    port: port ? Number(port) : 5432,
    user: user ?? '',
    password: password || null,
    database,
    sslMode: (sslMode || 'prefer') as SslMode,
    sslRootCert: null,
    sslCert: null,
    sslKey: null,
  });
  // Of what is left, only the host can be impossible.
  const message = postgresUrlFault(url);
  if (message) faults.push({ field: 'DB_HOST', message: 'must be the name or the address of a computer, or a folder' });
  return url;
}
