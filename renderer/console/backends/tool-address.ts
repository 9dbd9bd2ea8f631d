import type { BackendConnection } from '../../../server/contract/backends.ts';

/** The address that database tools take, without a password; null where files are opened. Source: PostgreSQL, "Connection URIs". */
export function toolAddress(connection: BackendConnection): string | null {
  const { kind, host, port, database, user, isEncrypted } = connection;
  if (kind === 'file' || host === null) return null;
  const isSocket = host.startsWith('/');
  const name = user === null ? '' : `${encodeURIComponent(user)}@`;
  const bare = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  const at = isSocket ? '' : `${bare}${port === null ? '' : `:${port}`}`;
  const query = new URLSearchParams();
  if (isSocket) query.set('host', host);
  if (isSocket && port !== null) query.set('port', String(port));
  if (isEncrypted) query.set('sslmode', 'require');
  const path = database === null ? '' : encodeURIComponent(database);
  return `postgresql://${name}${at}/${path}${query.size > 0 ? `?${query}` : ''}`;
}
