import type { Transaction } from 'sequelize';
import { v7 as uuidv7 } from 'uuid';
import { createMigrator, type Migration, type MigrationTarget, refuseNewer } from './migrator.ts';
import type { TableDefinition } from './model.ts';
import { type AuditRecord, auditLog, settings } from './platform-tables.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Table } from './table.ts';

/** The one database that knows all stores: who they are, their domains, their people, and what was done. */
export interface PlatformDatabase {
  table<Row extends object>(definition: TableDefinition<Row>): Table<Row>;
  /** All of `work` or nothing of it. Use only the database that `work` receives. */
  transaction<Result>(work: (database: PlatformDatabase) => Promise<Result>): Promise<Result>;
  /** Runs a reading statement of the caller's own, with values for `$1`, `$2`, ...; tables are named without a schema. */
  query(sql: string, bind?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** A value kept under a name, or undefined. */
  readSetting(name: string): Promise<unknown>;
  writeSetting(name: string, value: unknown): Promise<void>;
  /** Writes down who did what; part of the surrounding transaction. */
  audit(entry: Omit<AuditRecord, 'id' | 'at'>): Promise<void>;
  /** The last number each serial column gave out, by table: numbers are never used again, also after a move. */
  serials(): Promise<Readonly<Record<string, number>>>;
  /** Lets each serial column go on above these numbers. */
  setSerials(last: Readonly<Record<string, number>>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Brings an opened database up to date and makes the platform database of it. Whoever opened it closes it when that fails.
 * @throws {StartupError} when a newer version of this program has changed it
 */
export async function openPlatformDatabase(
  database: SqlDatabase,
  migrations: readonly Migration[],
  target: MigrationTarget,
): Promise<PlatformDatabase> {
  const migrator = createMigrator(target, migrations, 'the platform database');
  refuseNewer(await migrator.unknown());
  await migrator.up();
  return createPlatformDatabase(database, null);
}

function createPlatformDatabase(sql: SqlDatabase, transaction: Transaction | null): PlatformDatabase {
  const database: PlatformDatabase = {
    table: (definition) => sql.table(definition, {}, transaction) as never,
    transaction: (work) =>
      transaction ? work(database) : sql.transaction((begun) => work(createPlatformDatabase(sql, begun))),
    query: (text, bind = []) => sql.selectUnqualified({ sql: text, bind }, transaction),
    async readSetting(name) {
      const row = await database.table(settings).findOne({ where: { name } });
      return row?.value;
    },
    async writeSetting(name, value) {
      await database.transaction(async (inside) => {
        await inside.table(settings).delete({ name });
        await inside.table(settings).insert({ name, value });
      });
    },
    audit: (entry) => database.table(auditLog).insert({ ...entry, id: uuidv7(), at: new Date() }),
    serials: () => sql.serials(transaction),
    setSerials: (last) =>
      transaction ? sql.setSerials(last, transaction) : sql.transaction((begun) => sql.setSerials(last, begun)),
    close: () => sql.close(),
  };
  return database;
}
