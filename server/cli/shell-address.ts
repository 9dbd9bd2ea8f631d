import { readFile } from 'node:fs/promises';
import { loadConfig } from '../config.ts';
import type { BackendConnection } from '../contract/backends.ts';
import { type PostgresAddress, parsePostgresUrl } from '../database/postgres/address.ts';
import { readPlacePointer } from '../network/place-pointer.ts';

/**
 * The address of the Postgres in force with its password, which the console's API does not tell: from the file that the
 * built-in one keeps it in, from the data folder's place.json, or from DATABASE_URL and the other usual places.
 */
export async function shellAddress(connection: BackendConnection, dataDir: string): Promise<PostgresAddress> {
  const { host, port, database, user, isEncrypted, passwordFile } = connection;
  const known = {
    host: host ?? 'localhost',
    port: port ?? 5432,
    database: database ?? '',
    user: user ?? '',
    sslMode: isEncrypted ? ('require' as const) : ('disable' as const),
    ...{ sslRootCert: null, sslCert: null, sslKey: null },
  };
  if (passwordFile !== null) return { ...known, password: (await readFile(passwordFile, 'utf8')).trim() };
  for (const url of [(await readPlacePointer(dataDir))?.inForce.databaseUrl, configuredUrl()]) {
    const address = url ? parsePostgresUrl(url) : null;
    // Another project's DATABASE_URL is not the place in force.
    if (address?.host === known.host && address.port === known.port && address.database === known.database) {
      const sslMode = address.sslMode === 'prefer' ? known.sslMode : address.sslMode;
      return { ...address, sslMode };
    }
  }
  return { ...known, password: process.env['PGPASSWORD'] || null };
}

/** The address is read only where Postgres was chosen, and here it was. */
function configuredUrl(): string | null {
  return loadConfig({ argv: ['--engine', 'postgres'], env: process.env, cwd: process.cwd() }).databaseUrl;
}
