import type { Transaction } from 'sequelize';
import { translateDatabaseErrors } from '../database-error.ts';
import type { StoreRow, TableDefinition } from '../model.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import type { StoreDatabase } from '../store-database.ts';
import type { Table } from '../table.ts';

/** The handle of one store over a SQLite file, whether the file is the store's alone or shared. */
export function createSqliteStoreHandle(
  file: SqliteFile,
  storeId: number,
  transaction: Transaction | null = null,
): StoreDatabase {
  const handle: StoreDatabase = {
    storeId,
    table<Row extends StoreRow>(definition: TableDefinition<Row>) {
      return file.table<Row>(definition, { storeId } as Partial<Row>, transaction) as unknown as Table<Row, 'storeId'>;
    },
    query: <Row extends object>(sql: string, bind: readonly unknown[] = []) =>
      translateDatabaseErrors(() => file.select({ sql, bind }, transaction)) as Promise<Row[]>,
    transaction: (work) =>
      transaction ? work(handle) : file.transaction((begun) => work(createSqliteStoreHandle(file, storeId, begun))),
  };
  return handle;
}
