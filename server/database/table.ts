import { type Model, type ModelStatic, Op, type Transaction } from 'sequelize';
import { translateDatabaseErrors } from './database-error.ts';
import type { TableDefinition } from './model.ts';
import { type BoundStatement, buildCount, buildSelect, type SelectDialect } from './select.ts';
import type { WriteLock } from './write-lock.ts';

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
  count(where?: Where<Row>): Promise<number>;
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
  readonly definition: TableDefinition<Row>;
  /** From `rowReader`, made once a table. */
  readonly read: (raw: Record<string, unknown>) => Row;
  /** For writes; made when the table is first written to. */
  readonly model: () => ModelStatic<Model>;
  /** Runs a reading statement, in the transaction when there is one. */
  readonly select: (statement: BoundStatement, transaction: Transaction | null) => Promise<Record<string, unknown>[]>;
  readonly dialect: SelectDialect;
  /** Columns that every statement of this table is bound to, such as the store. */
  readonly fixed: Partial<Row>;
  readonly transaction: Transaction | null;
  /** Held while writing outside a transaction; a transaction holds it itself. */
  readonly writeLock: WriteLock;
}

/**
 * A {@link Table}: reads are built here with bound values, writes go through the Sequelize model.
 * `fixed` values are added to every condition and every inserted row.
 */
export function createTable<Row extends object>(context: TableContext<Row>): Table<Row> {
  const { definition, fixed, dialect } = context;
  const isSoftDeleted = 'deletedAt' in definition.columns;
  const transaction = context.transaction ? { transaction: context.transaction } : {};
  const conditions = (where: Where<Row> | undefined, withDeleted: boolean) => {
    const live = isSoftDeleted && !withDeleted ? { deletedAt: null } : {};
    // The fixed values come last: no caller's condition can replace them.
    return { ...live, ...where, ...fixed };
  };
  const select = (statement: BoundStatement) =>
    translateDatabaseErrors(() => context.select(statement, context.transaction));
  const write = <Result>(work: () => Promise<Result>): Promise<Result> =>
    translateDatabaseErrors(() => (context.transaction ? work() : context.writeLock.run(work)));

  async function find(options: FindOptions<Row> = {}): Promise<Row[]> {
    const where = conditions(options.where, options.withDeleted ?? false);
    return (await select(buildSelect(definition, where, options, dialect))).map(context.read);
  }

  return {
    find,
    async findOne(options = {}) {
      const [row] = await find({ ...options, limit: 1 });
      return row ?? null;
    },
    async count(where) {
      const [row] = await select(buildCount(definition, conditions(where, false), dialect));
      return Number(row?.['count']);
    },
    async insert(...rows) {
      if (rows.length === 0) return;
      const complete = rows.map((row) => ({ ...row, ...fixed }));
      await write(() => context.model().bulkCreate(complete as never, { ...transaction, returning: false }));
    },
    async update(where, changes, { withDeleted = false } = {}) {
      const options = { where: toSequelizeWhere(conditions(where, withDeleted)), ...transaction };
      const [changed] = await write(() => context.model().update({ ...changes, ...fixed } as never, options));
      return changed;
    },
    delete: (where) =>
      write(() => context.model().destroy({ where: toSequelizeWhere(conditions(where, true)), ...transaction })),
  };
}

/** Conditions of a write. A search for text belongs to reads. */
function toSequelizeWhere(where: object): never {
  const all = Object.entries(where).flatMap(([name, condition]) =>
    condition === undefined ? [] : [{ [name]: toSequelizeCondition(name, condition) }],
  );
  return { [Op.and]: all } as never;
}

function toSequelizeCondition(name: string, condition: unknown): unknown {
  if (Array.isArray(condition)) return { [Op.in]: condition };
  if (condition === null || typeof condition !== 'object' || condition instanceof Date) return condition;
  if ('not' in condition) return { [Op.ne]: condition.not };
  if ('above' in condition) return { [Op.gt]: condition.above };
  if ('below' in condition) return { [Op.lt]: condition.below };
  throw new TypeError(`the condition on ${name} of a write must be a value, an array, or one of not, above, below`);
}
