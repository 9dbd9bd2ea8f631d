import type { Transaction } from 'sequelize';
import { translateDatabaseErrors } from '../database-error.ts';
import type { StoreRow, TableDefinition } from '../model.ts';
import type { SqlDatabase } from '../sql-database.ts';
import type { StoreDatabase } from '../store-database.ts';
import type { Table } from '../table.ts';

/** The handle of one store over a database, whether that is the store's alone or shared. */
export function createStoreHandle(
  database: SqlDatabase,
  storeId: number,
  transaction: Transaction | null = null,
): StoreDatabase {
  const handle: StoreDatabase = {
    storeId,
    table<Row extends StoreRow>(definition: TableDefinition<Row>) {
      return database.table<Row>(definition, { storeId } as Partial<Row>, transaction) as unknown as Table<
        Row,
        'storeId'
      >;
    },
    query: <Row extends object>(sql: string, bind: readonly unknown[] = []) =>
      translateDatabaseErrors(() => database.selectUnqualified({ sql, bind }, transaction)) as Promise<Row[]>,
    transaction: (work) =>
      transaction ? work(handle) : database.transaction((begun) => work(createStoreHandle(database, storeId, begun))),
  };
  return handle;
}
