import type { Transaction } from 'sequelize';
import { v7 as uuidv7 } from 'uuid';
import { createMigrator, type Migration, refuseNewer } from './migrator.ts';
import type { TableDefinition } from './model.ts';
import { type AuditRecord, auditLog, platformTables, settings } from './platform-tables.ts';
import type { StatementEvent } from './sqlite-driver.ts';
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts';
import type { Table } from './table.ts';

/** The one database that knows all stores: who they are, their domains, their people, and what was done. */
export interface PlatformDatabase {
  table<Row extends object>(definition: TableDefinition<Row>): Table<Row>;
  /** All of `work` or nothing of it. Use only the database that `work` receives. */
  transaction<Result>(work: (database: PlatformDatabase) => Promise<Result>): Promise<Result>;
  /** A value kept under a name, or undefined. */
  readSetting(name: string): Promise<unknown>;
  writeSetting(name: string, value: unknown): Promise<void>;
  /** Writes down who did what; part of the surrounding transaction. */
  audit(entry: Omit<AuditRecord, 'id' | 'at'>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the platform database and brings it up to date.
 * @throws {StartupError} when a newer version of this program has changed it
 */
export async function openPlatformDatabase(options: {
  readonly filename: string;
  readonly migrations: readonly Migration[];
  readonly onStatement?: (event: StatementEvent) => void;
}): Promise<PlatformDatabase> {
  const file = openSqliteFile({
    filename: options.filename,
    tables: platformTables,
    onStatement: options.onStatement,
  });
  try {
    const migrator = createMigrator(file.sequelize, options.migrations, 'the platform database');
    refuseNewer(await migrator.unknown());
    await migrator.up();
  } catch (error) {
    await file.close();
    throw error;
  }
  return createPlatformDatabase(file, null);
}

function createPlatformDatabase(file: SqliteFile, transaction: Transaction | null): PlatformDatabase {
  const database: PlatformDatabase = {
    table: (definition) => file.table(definition, {}, transaction) as never,
    transaction: (work) =>
      transaction ? work(database) : file.transaction((begun) => work(createPlatformDatabase(file, begun))),
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
    close: () => file.close(),
  };
  return database;
}
