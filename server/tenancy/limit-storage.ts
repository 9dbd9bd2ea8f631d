import { withUse } from '../database/backends/wrap-backend.ts';
import type { StoreRow, TableDefinition } from '../database/model.ts';
import type { StoreBackend, StoreDatabase } from '../database/store-database.ts';
import type { Table } from '../database/table.ts';
import type { StoreStorage } from './store-storage.ts';

/** @throws {InsufficientStorageError} when the store has no more room */
type RefuseGrowth = () => Promise<void>;

/**
 * Wraps a backend so that a store whose room is used up gets no new rows; it can still be read, and rows can be changed
 * and deleted. The size is looked at before a transaction, not in it, so that no transaction waits for a second connection.
 */
export function limitStorage(backend: StoreBackend, storage: StoreStorage): StoreBackend {
  return withUse(backend, (store, work) =>
    backend.use(store, (database) => work(growingHandle(database, () => storage.ensureRoom(store, 0)))),
  );
}

function growingHandle(database: StoreDatabase, refuseGrowth: RefuseGrowth): StoreDatabase {
  return {
    storeId: database.storeId,
    table: <Row extends StoreRow>(definition: TableDefinition<Row>) =>
      growingTable<Row>(database.table(definition), refuseGrowth),
    query: (sql, bind) => database.query(sql, bind),
    async transaction(work) {
      const refusal = await refuseGrowth().then(
        () => null,
        (error: unknown) => ({ error }),
      );
      const known: RefuseGrowth = async () => {
        if (refusal) throw refusal.error;
      };
      return database.transaction((inside) => work(growingHandle(inside, known)));
    },
  };
}

function growingTable<Row extends StoreRow>(
  table: Table<Row, 'storeId'>,
  refuseGrowth: RefuseGrowth,
): Table<Row, 'storeId'> {
  return {
    find: (options) => table.find(options),
    findOne: (options) => table.findOne(options),
    count: (where, options) => table.count(where, options),
    async insert(...rows) {
      await refuseGrowth();
      return table.insert(...rows);
    },
    update: (where, changes, options) => table.update(where, changes, options),
    delete: (where) => table.delete(where),
  };
}
