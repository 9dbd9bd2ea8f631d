import { createHash } from 'node:crypto';
import type { PlaceAddress } from '../place.ts';

/** Tells places apart without naming a password: host, port, database and schema options count, user and password do not. */
export function placeKey({ engine, databaseUrl }: PlaceAddress): string {
  if (engine === 'sqlite') return 'sqlite';
  if (databaseUrl === null) return 'postgres';
  const url = URL.parse(databaseUrl);
  const text = url ? `${url.hostname || url.searchParams.get('host')}:${url.port || 5432}${url.pathname}` : databaseUrl;
  return `postgres ${createHash('sha256').update(text.toLowerCase()).digest('hex').slice(0, 16)}`;
}

export function isSamePlace(one: PlaceAddress, other: PlaceAddress): boolean {
  return placeKey(one) === placeKey(other);
}
