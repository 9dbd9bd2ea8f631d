import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import type { StoreData, TablePage } from '../contract/backends.ts';
import { operations } from '../contract/operations.ts';
import { type BrowsedColumn, browsedColumns, browseRows, countRows } from '../database/browse-tables.ts';
import type { AnyTableDefinition } from '../database/model.ts';
import { backendName, type StoreBackend, type StoreDatabase, type StoreRef } from '../database/store-database.ts';
import { NotFoundError, UnavailableError, ValidationError } from '../errors.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import { readInput } from './input.ts';

export interface DataRouteParts {
  readonly stores: StoreService;
  readonly backend: StoreBackend;
  /** The tables of a store, in the order they are made. None holds a secret; one that did would have to be masked here. */
  readonly storeTables: readonly AnyTableDefinition[];
}

/** Adds the routes that look into a store's data, which they never change. */
export function dataRoutes(router: Router<AppState>, parts: DataRouteParts): void {
  router.get('/stores/:code/data', async (ctx) => {
    ctx.body = await storeDataOf(await parts.stores.record(ctx.params['code'] ?? ''), parts);
  });
  router.get('/stores/:code/data/:table', async (ctx) => {
    const page = readInput(operations.storeTable.query, ctx.query);
    const store = await parts.stores.record(ctx.params['code'] ?? '');
    const table = tableNamed(ctx.params['table'] ?? '', parts.storeTables);
    const columns = browsedColumns(table);
    const sort = page.sort === undefined ? null : sortColumn(page.sort, table, columns);
    ctx.body = await withStore(
      store,
      parts.backend,
      async (database): Promise<TablePage> => ({
        table: table.table,
        total: await countRows(database, table),
        offset: page.offset,
        columns: columns.map(({ name, type, isKey }) => ({ name, type, isKey })),
        rows: await browseRows(database, table, { ...page, sort }),
      }),
    );
  });
}

/** Where a store's data lies and what is in it. @throws {UnavailableError} saying why it cannot be read */
export async function storeDataOf(
  store: StoreRef,
  { backend, storeTables }: Pick<DataRouteParts, 'backend' | 'storeTables'>,
): Promise<StoreData> {
  const tables = await withStore(store, backend, async (database) => {
    const counted: StoreData['tables'] = [];
    for (const table of storeTables)
      counted.push({
        name: table.table,
        rows: await countRows(database, table),
        columns: Object.keys(table.columns).length,
      });
    return counted;
  });
  return {
    backend: backendName(backend) as StoreData['backend'],
    location: backend.describe(store),
    sizeBytes: await backend.size(store),
    shellCommand: `orion dbshell ${store.code}`,
    tables,
    migrations: (await backend.migrations(store)).map(({ name, executedAt }) => ({ name, executedAt })),
  };
}

/** Whoever runs the platform may read what shoppers may not, such as the file that is missing. */
async function withStore<Result>(
  store: StoreRef,
  backend: StoreBackend,
  work: (database: StoreDatabase) => Promise<Result>,
): Promise<Result> {
  try {
    return await backend.use(store, work);
  } catch (error) {
    if (error instanceof UnavailableError && error.cause instanceof Error)
      throw new UnavailableError(error.code, error.cause.message, error.cause);
    throw error;
  }
}

function tableNamed(name: string, tables: readonly AnyTableDefinition[]): AnyTableDefinition {
  const table = tables.find((one) => one.table === name);
  if (table) return table;
  const known = tables.map((one) => one.table).join(', ');
  throw new NotFoundError(`A store has no table "${name}". There are: ${known}.`, 'table_not_found');
}

function sortColumn(name: string, table: AnyTableDefinition, columns: readonly BrowsedColumn[]): BrowsedColumn {
  const column = columns.find((one) => one.name === name && one.isSortable);
  if (column) return column;
  const known = columns.filter((one) => one.isSortable).map((one) => one.name);
  const message = `${table.table} cannot be sorted by "${name}". Sort it by one of: ${known.join(', ')}.`;
  throw new ValidationError(message, [{ field: 'sort', message: `must be one of ${known.join(', ')}` }]);
}
