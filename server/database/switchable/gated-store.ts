import type { StoreRow, TableDefinition } from '../model.ts';
import type { StoreDatabase } from '../store-database.ts';
import type { Table } from '../table.ts';
import type { WriteGate } from './write-gate.ts';

/**
 * A store's handle whose writes pass the gate. Inside a transaction they have passed it already.
 * @param epoch of the gate when the backend was chosen
 */
export function gatedStore(handle: StoreDatabase, gate: WriteGate, epoch: number): StoreDatabase {
  const { storeId } = handle;
  const write = <Result>(work: () => Promise<Result>) => gate.write(storeId, epoch, work);
  return {
    storeId,
    table: <Row extends StoreRow>(definition: TableDefinition<Row>) =>
      gatedTable<Row, 'storeId'>(handle.table(definition), write),
    query: (sql, bind) => handle.query(sql, bind),
    transaction: (work) => write(() => handle.transaction(work)),
  };
}

/** A table whose writes pass `write`. */
export function gatedTable<Row extends object, Fixed extends keyof Row = never>(
  table: Table<Row, Fixed>,
  write: <Result>(work: () => Promise<Result>) => Promise<Result>,
): Table<Row, Fixed> {
  return {
    find: (options) => table.find(options),
    findOne: (options) => table.findOne(options),
    count: (where, options) => table.count(where, options),
    insert: (...rows) => write(() => table.insert(...rows)),
    update: (where, changes, options) => write(() => table.update(where, changes, options)),
    delete: (where) => write(() => table.delete(where)),
  };
}
