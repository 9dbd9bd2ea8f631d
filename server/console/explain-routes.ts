import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import type { Explained } from '../contract/inspect.ts';
import { operations } from '../contract/operations.ts';
import type { RequestTrace, SqlRecord } from '../contract/requests.ts';
import { canExplain, explain, type PlanLine, type RunQuery, scannedTable } from '../database/explain.ts';
import type { AnyTableDefinition } from '../database/model.ts';
import type { PlatformDatabase } from '../database/platform-database.ts';
import type { StoreBackend } from '../database/store-database.ts';
import { ConflictError, NotFoundError, ValidationError } from '../errors.ts';
import { type BoundAgain, bindAgain } from '../observability/bind-again.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import { readInput } from './input.ts';
import { requireTrace } from './require-trace.ts';

export interface ExplainRouteParts {
  readonly recorder: RequestRecorder;
  readonly stores: StoreService;
  readonly backend: StoreBackend;
  readonly storeTables: readonly AnyTableDefinition[];
  readonly platformQuery: PlatformDatabase['query'];
}

/** Adds the route that explains a recorded statement to the console's API; the statement is not run. */
export function explainRoutes(router: Router<AppState>, parts: ExplainRouteParts): void {
  router.post('/requests/:id/explain', async (ctx) => {
    const trace = requireTrace(parts.recorder, ctx.params['id'] ?? '');
    const { statement } = readInput(operations.explainStatement.body, ctx.request.body);
    // A file may come from anybody: nothing in it is handed to the database.
    if (trace.origin === 'imported')
      throw refused('This request was read from a file: its statements were run by another server, if at all.');
    ctx.body = await explainRecorded(trace, statementAt(trace, statement), parts);
  });
}

function statementAt({ sql }: RequestTrace, index: number): SqlRecord {
  const statement = sql[index];
  if (!statement)
    throw new NotFoundError(`The request has no statement ${index}; it has ${sql.length}.`, 'statement_not_found');
  if (!canExplain(statement.sql))
    throw refused('This statement has no plan: only a single SELECT, INSERT, UPDATE or DELETE has one.');
  if (statement.sql.endsWith('…'))
    throw refused('The statement was too long to be kept whole, so it has no plan here.');
  return statement;
}

function refused(message: string): ValidationError {
  return new ValidationError(message, [{ field: 'statement', message: 'cannot be explained' }]);
}

async function explainRecorded(
  trace: RequestTrace,
  statement: SqlRecord,
  parts: ExplainRouteParts,
): Promise<Explained> {
  const { engine } = parts.backend;
  const bound = bindAgain(statement.parameters);
  const ask = (run: RunQuery) => explainBound(engine, statement.sql, bound, run);
  const lines = isOfStore(statement.sql, parts.storeTables)
    ? await ofStore(trace, parts, ask)
    : await ask(parts.platformQuery).catch((error: Error) => {
        throw notExplained(error);
      });
  return { engine, lines, notes: [...bound.notes, ...notesOf(lines)] };
}

/** A text that was cut off may be no value of its column: then nothing stands in its place. */
async function explainBound(
  engine: StoreBackend['engine'],
  sql: string,
  { bind, withoutCut }: BoundAgain,
  run: RunQuery,
): Promise<PlanLine[]> {
  try {
    return await explain(engine, { sql, bind }, run);
  } catch (error) {
    if (withoutCut === null) throw error;
    return explain(engine, { sql, bind: withoutCut }, run);
  }
}

/** Through the store's own handle, so that nothing but the store's data is looked at. */
async function ofStore(
  trace: RequestTrace,
  { stores, backend }: ExplainRouteParts,
  ask: (run: RunQuery) => Promise<PlanLine[]>,
): Promise<PlanLine[]> {
  const store = trace.store && (await stores.record(trace.store.code).catch(() => null));
  if (!store || store.id !== trace.store?.id)
    throw new ConflictError(
      'store_gone',
      'The store of this request is not there any more, so there is nothing to ask.',
    );
  try {
    return await backend.use(store, (database) => ask((sql, bind) => database.query(sql, bind)));
  } catch (error) {
    throw notExplained(error as Error);
  }
}

function notExplained(error: Error): ConflictError {
  return new ConflictError(
    'not_explained',
    `The database cannot explain this statement now: ${error.message} It may have changed since, or be another backend's.`,
  );
}

/** Store and platform have no table name in common. */
function isOfStore(sql: string, tables: readonly AnyTableDefinition[]): boolean {
  return tables.some(({ table }) => new RegExp(`\\b${table}\\b`).test(sql)) || /\bstore_identity\b/.test(sql);
}

function notesOf(lines: readonly PlanLine[]): string[] {
  const tables = new Set(lines.flatMap(({ text, isWarning }) => (isWarning ? [scannedTable(text)] : [])));
  const scans = [...tables].map(
    (table) =>
      `Every row of ${table ?? 'a table'} is looked at. With many rows, an index on the columns of its conditions helps.`,
  );
  const isSorted = lines.some(({ text }) => /TEMP B-TREE FOR ORDER BY|^Sort\b/.test(text));
  return isSorted ? [...scans, 'The rows are sorted after they were read: no index has them in this order.'] : scans;
}
