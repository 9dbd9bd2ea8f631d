import { readFile } from 'node:fs/promises';
import { type ConnectionOptions, getCACertificates } from 'node:tls';
import { StartupError } from '../../errors.ts';
import type { PostgresAddress } from './address.ts';
import type { PostgresSettings } from './settings.ts';

/**
 * What a connection to an address is made with.
 * @param isEncrypted whether TLS is used, where the address leaves that open (`sslmode=prefer`)
 * @throws {StartupError} when a file of certificates cannot be read
 */
export async function settingsOf(address: PostgresAddress, isEncrypted: boolean): Promise<PostgresSettings> {
  const { host, port, database, user, password } = address;
  return { host, port, database, user, password: password ?? '', ssl: isEncrypted ? await tlsOptions(address) : false };
}

/** Sockets stay on this machine and are never encrypted, whatever the address says. */
export function mayEncrypt({ host, sslMode }: PostgresAddress): boolean {
  return sslMode !== 'disable' && !host.startsWith('/');
}

/** `prefer` and `require` encrypt for anybody; `verify-ca` wants a trusted certificate, `verify-full` one for this host. */
async function tlsOptions(address: PostgresAddress): Promise<ConnectionOptions> {
  const { sslMode, sslRootCert, sslCert, sslKey } = address;
  // libpq: a root certificate makes `require` behave like `verify-ca`.
  const isVerified = sslMode.startsWith('verify') || (sslMode === 'require' && sslRootCert !== null);
  const options: ConnectionOptions = { rejectUnauthorized: isVerified };
  if (sslRootCert === 'system') options.ca = getCACertificates('system');
  else if (sslRootCert !== null) options.ca = await readPem(sslRootCert, 'sslrootcert');
  if (sslCert !== null) options.cert = await readPem(sslCert, 'sslcert');
  if (sslKey !== null) options.key = await readPem(sslKey, 'sslkey');
  if (isVerified && sslMode !== 'verify-full' && sslRootCert !== 'system')
    options.checkServerIdentity = () => undefined;
  return options;
}

async function readPem(file: string, option: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new StartupError(
      `The file that ${option} names cannot be read: ${(error as Error).message}. Correct the address of the database.`,
      2,
    );
  }
}
