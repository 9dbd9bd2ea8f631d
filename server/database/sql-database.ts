import type { Sequelize, Transaction } from 'sequelize';
import type { BoundStatement } from './statement-builder.ts';
import type { Engine } from './store-database.ts';
import type { Table } from './table.ts';

/** An open database of either engine with its tables; what the platform database and the stores' handles stand on. */
export interface SqlDatabase {
  readonly engine: Engine;
  /** For writes, transactions and migrations; made when it is first needed. */
  readonly sequelize: Sequelize;
  /** Runs a reading statement, in the transaction when there is one. */
  select(statement: BoundStatement, transaction: Transaction | null): Promise<Record<string, unknown>[]>;
  /** The same for a statement that names tables without their schema. */
  selectUnqualified(statement: BoundStatement, transaction: Transaction | null): Promise<Record<string, unknown>[]>;
  /** A table whose every statement is bound to `fixed`. */
  table<Row extends object>(
    definition: { readonly table: string; readonly row?: Row },
    fixed?: Partial<Row>,
    transaction?: Transaction | null,
  ): Table<Row>;
  /** Runs `work` in a write transaction; it is rolled back when `work` throws. */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** The last number each serial column gave out, by table. */
  serials(transaction: Transaction | null): Promise<Readonly<Record<string, number>>>;
  /** Lets each serial column go on above these numbers. */
  setSerials(last: Readonly<Record<string, number>>, transaction: Transaction): Promise<void>;
  close(): Promise<void>;
}
