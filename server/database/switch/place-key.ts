import { createHash } from 'node:crypto';
import type { PlaceAddress } from '../place.ts';
import { parsePostgresUrl } from '../postgres/address.ts';

/** Tells places apart without naming a password: host, port and database count, user and password do not. */
export function placeKey({ engine, databaseUrl }: PlaceAddress): string {
  if (engine === 'sqlite') return 'sqlite';
  if (databaseUrl === null) return 'postgres';
  const { host, port, database } = parsePostgresUrl(databaseUrl);
  // Names of hosts do not know capitals, names of databases do.
  const text = `${host.startsWith('/') ? host : host.toLowerCase()}:${port}/${database}`;
  return `postgres ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

export function isSamePlace(one: PlaceAddress, other: PlaceAddress): boolean {
  return placeKey(one) === placeKey(other);
}
