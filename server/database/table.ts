import { translateDatabaseErrors } from './database-error.ts';
import { buildCount, buildSelect } from './select.ts';
import type { BoundStatement, Conditions, TableReference } from './statement-builder.ts';
import { buildDelete, buildInserts, buildUpdate } from './write.ts';

/** A test on one column; a plain value means equality, an array means one of them, null means absent. */
export type Condition<Value> =
  | Value
  | readonly Value[]
  | { readonly not: Value }
  | { readonly above: Value }
  | { readonly below: Value }
  /** Text that contains this text, letter for letter. */
  | { readonly contains: string };

/** All conditions hold. */
export type Where<Row> = {
  readonly [Key in keyof Row]?: Condition<Row[Key]> | readonly { readonly contains: string }[];
};

export interface FindOptions<Row> {
  readonly where?: Where<Row>;
  readonly order?: readonly (readonly [keyof Row & string, 'asc' | 'desc'])[];
  readonly limit?: number;
  readonly offset?: number;
  /** Only these columns; all when absent. */
  readonly columns?: readonly (keyof Row & string)[];
  /** Also rows that were soft-deleted. */
  readonly withDeleted?: boolean;
}

/** Columns that may be left out on insert: those that may be null, and a serial number, which the database gives. */
type OptionalColumn<Row> = {
  [Key in keyof Row]: null extends Row[Key] ? Key : Key extends 'id' ? (Row[Key] extends number ? Key : never) : never;
}[keyof Row];

/** What a row is given on insert. */
export type NewRow<Row> = Omit<Row, OptionalColumn<Row>> & Partial<Pick<Row, OptionalColumn<Row>>>;

/** Reads and writes the rows of one table. Every method is asynchronous on every engine. */
export interface Table<Row extends object, Fixed extends keyof Row = never> {
  find(options?: FindOptions<Row>): Promise<Row[]>;
  /** The first match, or null. */
  findOne(options?: FindOptions<Row>): Promise<Row | null>;
  count(where?: Where<Row>, options?: { readonly withDeleted?: boolean }): Promise<number>;
  /** @throws {UniqueViolationError} when a unique column's value is taken */
  insert(...rows: Omit<NewRow<Row>, Fixed>[]): Promise<void>;
  /** Returns how many rows changed. Soft-deleted rows stay as they are unless `withDeleted`. */
  update(
    where: Where<Row>,
    changes: Partial<Omit<Row, Fixed>>,
    options?: { readonly withDeleted?: boolean },
  ): Promise<number>;
  /** Deletes rows for good; returns how many. */
  delete(where: Where<Row>): Promise<number>;
}

export interface TableContext<Row extends object> {
  readonly reference: TableReference;
  /** From `rowReader`, made once a table. */
  readonly read: (raw: Record<string, unknown>) => Row;
  /** Runs a reading statement, in the transaction when there is one. */
  readonly select: (statement: BoundStatement) => Promise<Record<string, unknown>[]>;
  /** Runs writing statements, all or none, in the transaction when there is one; returns how many rows changed. */
  readonly write: (statements: readonly BoundStatement[]) => Promise<number>;
  /** Columns that every statement of this table is bound to, such as the store. */
  readonly fixed: Partial<Row>;
}

/**
 * A {@link Table}: statements are built here with bound values. `fixed` values are added to every condition and every
 * inserted row.
 */
export function createTable<Row extends object>(context: TableContext<Row>): Table<Row> {
  const { reference, fixed } = context;
  const isSoftDeleted = 'deletedAt' in reference.definition.columns;
  const conditions = (where: Where<Row> | undefined, withDeleted: boolean): Conditions => {
    const live = isSoftDeleted && !withDeleted ? { deletedAt: null } : {};
    // The fixed values come last: no caller's condition can replace them.
    return { ...live, ...where, ...fixed };
  };
  const select = (statement: BoundStatement) => translateDatabaseErrors(() => context.select(statement));
  const write = (statements: readonly BoundStatement[]) => translateDatabaseErrors(() => context.write(statements));

  async function find(options: FindOptions<Row> = {}): Promise<Row[]> {
    const where = conditions(options.where, options.withDeleted ?? false);
    return (await select(buildSelect(reference, where, options))).map(context.read);
  }

  return {
    find,
    async findOne(options = {}) {
      const [row] = await find({ ...options, limit: 1 });
      return row ?? null;
    },
    async count(where, { withDeleted = false } = {}) {
      const [row] = await select(buildCount(reference, conditions(where, withDeleted)));
      return Number(row?.['count']);
    },
    async insert(...rows) {
      if (rows.length === 0) return;
      await write(
        buildInserts(
          reference,
          rows.map((row) => ({ ...row, ...fixed })),
        ),
      );
    },
    async update(where, changes, { withDeleted = false } = {}) {
      const statement = buildUpdate(reference, conditions(where, withDeleted), { ...changes, ...fixed });
      return statement ? write([statement]) : 0;
    },
    delete: (where) => write([buildDelete(reference, conditions(where, true))]),
  };
}
