import type { Sequelize, Transaction } from 'sequelize';
import { translateDatabaseErrors } from '../database-error.ts';
import { postgresDialect } from '../dialect.ts';
import { type AnyTableDefinition, rowReader } from '../model.ts';
import { runWrites } from '../run-writes.ts';
import type { SqlDatabase } from '../sql-database.ts';
import type { BoundStatement } from '../statement-builder.ts';
import { createTable } from '../table.ts';
import { WriteLock } from '../write-lock.ts';
import { inOnePacket } from './driver.ts';
import { LOCK_CLASS } from './migration-lock.ts';
import type { PostgresClient, PostgresPool } from './pool.ts';
import { serialsOf, setSerialsOf } from './serials.ts';

export interface PostgresDatabaseOptions {
  readonly pool: PostgresPool;
  /** Borrows from the pool. */
  readonly sequelize: Sequelize;
  readonly tables: readonly AnyTableDefinition[];
  /** Where the tables are; every statement names it. */
  readonly schema: string;
  /** Run first in every transaction, reading ones too: what the transaction may see. Null where nothing is needed. */
  readonly enter: BoundStatement | null;
  /** One writer at a time under this number, in all processes: 0 for the platform, else the store's id. */
  readonly lock: number;
}

/**
 * The tables of one schema. Statements name the schema, so no connection ever carries a `search_path`; what else a
 * transaction needs is set for it alone. Write transactions of one store follow each other, as on SQLite: what a
 * transaction has read is still so when it writes.
 */
export function createPostgresDatabase(options: PostgresDatabaseOptions): SqlDatabase {
  const { pool, sequelize, schema, enter } = options;
  const tables = new Map(options.tables.map((definition) => [definition.table, definition]));
  // Waiting here holds no connection; the advisory lock is for other processes.
  const writeLock = new WriteLock();

  const begin = <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> =>
    writeLock.run(() =>
      translateDatabaseErrors(() =>
        sequelize.transaction(async (transaction) => {
          await enterWrite(clientOf(transaction), options.lock, enter);
          return work(transaction);
        }),
      ),
    );

  const select = async ({ sql, bind }: BoundStatement, transaction: Transaction | null) => {
    const statement = { text: sql, values: [...bind] };
    if (transaction) return (await clientOf(transaction).query(statement)).rows as Record<string, unknown>[];
    if (!enter) return pool.use(async (client) => (await client.query(statement)).rows);
    return pool.use((client) => readInTransaction(client, [enter], statement));
  };

  return {
    engine: 'postgres',
    sequelize,
    select,
    async selectUnqualified(statement, transaction) {
      const path = searchPath(schema);
      if (transaction) {
        // Sent together: nothing else of this transaction comes between them.
        const placed = run(clientOf(transaction), path);
        const rows = select(statement, transaction);
        await settle([placed, rows]);
        return rows;
      }
      const entry = enter ? [enter, path] : [path];
      return pool.use((client) =>
        readInTransaction(client, entry, { text: statement.sql, values: [...statement.bind] }),
      );
    },
    table(wanted, fixed = {}, transaction = null) {
      const definition = tables.get(wanted.table);
      if (!definition) throw new TypeError(`table ${wanted.table} is not one of this database's`);
      return createTable({
        reference: { definition, schema, dialect: postgresDialect },
        read: rowReader(definition),
        select: (statement) => select(statement, transaction),
        write: (statements) =>
          transaction
            ? runWrites(sequelize, statements, transaction)
            : begin((begun) => runWrites(sequelize, statements, begun)),
        fixed,
      }) as never;
    },
    transaction: begin,
    serials: (transaction) => serialsOf(schema, (statement) => select(statement, transaction)),
    setSerials: (last, transaction) => setSerialsOf(schema, last, (statement) => select(statement, transaction)),
    close: () => pool.close(),
  };
}

/** Names looked up without a schema are those of this one, until the transaction ends. */
export function searchPath(schema: string): BoundStatement {
  return { sql: "SELECT set_config('search_path', quote_ident($1), true)", bind: [schema] };
}

/**
 * The connection of a transaction; Sequelize does not declare it.
 * @throws {Error} when the transaction has ended: its connection may be another store's by now
 */
export function clientOf(transaction: Transaction): PostgresClient {
  const { connection, finished } = transaction as unknown as BegunTransaction;
  if (finished) throw new Error('The transaction has ended. Await all that is done in it before it ends.');
  return connection;
}

interface BegunTransaction {
  readonly connection: PostgresClient;
  /** `commit` or `rollback`, from the moment that is sent. */
  readonly finished?: string;
}

async function enterWrite(client: PostgresClient, lock: number, enter: BoundStatement | null): Promise<void> {
  const locked: BoundStatement = { sql: 'SELECT pg_advisory_xact_lock($1, $2)', bind: [LOCK_CLASS, lock] };
  await settle(inOnePacket(client, () => [run(client, locked), enter ? run(client, enter) : null]));
}

/** One round trip: all statements are sent at once, and the transaction ends whatever becomes of them. */
async function readInTransaction(
  client: PostgresClient,
  entry: readonly BoundStatement[],
  statement: { readonly text: string; readonly values: unknown[] },
): Promise<Record<string, unknown>[]> {
  let rows: Record<string, unknown>[] = [];
  // The guard may refuse it before it is sent: what began must end all the same.
  const read = async () => {
    rows = (await client.query(statement)).rows;
  };
  const sent = inOnePacket(client, () => [
    client.query('BEGIN READ ONLY'),
    ...entry.map((one) => run(client, one)),
    read(),
    client.query('COMMIT'),
  ]);
  await settle(sent);
  return rows;
}

async function run(client: PostgresClient, { sql, bind }: BoundStatement): Promise<void> {
  await client.query({ text: sql, values: [...bind] });
}

/** Waits for all, then fails as the first that failed. */
async function settle(work: readonly (Promise<unknown> | null)[]): Promise<void> {
  for (const outcome of await Promise.allSettled(work)) if (outcome.status === 'rejected') throw outcome.reason;
}
