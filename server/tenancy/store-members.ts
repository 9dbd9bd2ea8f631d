import type { PlatformDatabase } from '../database/platform-database.ts';
import { memberships, users } from '../database/platform-tables.ts';

/** Someone who works for a store. */
export interface StoreMember {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

/** People who work for a store, those who have been there longest first. */
export async function listMembers(platform: PlatformDatabase, storeId: number): Promise<StoreMember[]> {
  const rows = await platform.table(memberships).find({ where: { storeId }, order: [['createdAt', 'asc']] });
  const people = await platform.table(users).find({ where: { id: rows.map((row) => row.userId) } });
  return rows.flatMap((row) => {
    const person = people.find(({ id }) => id === row.userId);
    return person ? [{ id: person.id, email: person.email, name: person.name, role: row.role }] : [];
  });
}
