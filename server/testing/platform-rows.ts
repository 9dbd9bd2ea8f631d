import type { PlatformDatabase } from '../database/platform-database.ts';
import { type AuditRecord, auditLog } from '../database/platform-tables.ts';
import type { TestPlatform } from './test-platform.ts';

/** The platform's own database behind a running server, on whatever engine. */
export function platformOf({ parts }: Pick<TestPlatform, 'parts'>): PlatformDatabase {
  return parts.settings as PlatformDatabase;
}

/** What the audit log says was changed by one kind of action, in the order of the entries. */
export async function auditedChanges(
  platform: Pick<TestPlatform, 'parts'>,
  action: string,
): Promise<AuditRecord['changes'][]> {
  const rows = await platformOf(platform)
    .table(auditLog)
    .find({ where: { action }, order: [['id', 'asc']] });
  return rows.map((row) => row.changes);
}
