/** Judges the statements that read and write rows, every query in them by itself. */
import type { DeleteStmt, InsertStmt, Node, RangeVar, SelectStmt, UpdateStmt, WithClause } from 'libpg-query';
import { FIXES } from './fixes.ts';
import { readFrom } from './from-clause.ts';
import { ownerOf, type Reference, type Settled, STORE_COLUMN, settle } from './predicates.ts';
import { columnOf, eachObject, isRangeVar, statedSource } from './syntax-tree.ts';
import type { Problem, StatedValue } from './verdict.ts';

/** What a query takes its rows from, and what is known of whose they are. */
interface Scope {
  readonly references: readonly Reference[];
  readonly settled: Settled;
}

/** One SELECT or VALUES of a union. */
interface Branch extends Scope {
  readonly query: SelectStmt;
}

type Names = ReadonlySet<string>;

/** Collects what is wrong with one statement, and which values it states. */
export class RowJudge {
  readonly problems: Problem[] = [];
  readonly values: StatedValue[] = [];
  readonly #tables: Names;
  /** Tables that were judged; one that is left over stands where no row statement has it. */
  readonly #seen = new Set<RangeVar>();

  constructor(tenantTables: Names) {
    this.#tables = tenantTables;
  }

  /** Judges a statement that reads or writes rows, or that holds such a one, as EXPLAIN does. */
  statement(node: Node, names: Names = new Set()): void {
    if ('SelectStmt' in node) this.#select(node.SelectStmt, names);
    else if ('InsertStmt' in node) this.#insert(node.InsertStmt, names);
    else if ('UpdateStmt' in node) this.#update(node.UpdateStmt, names);
    else if ('DeleteStmt' in node) this.#delete(node.DeleteStmt, names);
    else {
      const [content] = Object.values(node) as [{ readonly query?: Node }];
      if (content.query) this.statement(content.query, names);
    }
  }

  /** Refuses every tenant table that no row statement has judged. */
  refuseLeftovers(tree: unknown): void {
    eachObject(tree, (value) => {
      if (isRangeVar(value) && !this.#seen.has(value) && this.#tables.has(value.relname ?? ''))
        this.#refuse(value.relname ?? null, FIXES.kind);
      return true;
    });
  }

  #select(query: SelectStmt, outer: Names): Branch[] {
    const { withClause, fromClause, whereClause, larg, rarg, lockingClause, intoClause: _into, ...rest } = query;
    const names = this.#with(withClause, outer);
    // FOR UPDATE OF names what FROM has.
    eachObject(lockingClause, (value) => {
      if (isRangeVar(value)) this.#seen.add(value);
      return true;
    });
    if (larg && rarg) {
      this.#expressions(rest, names);
      return [...this.#select(larg, names), ...this.#select(rarg, names)];
    }
    const references = this.#from(fromClause ?? [], whereClause, names);
    this.#expressions([rest, whereClause], names);
    return [{ query, ...this.#require(references) }];
  }

  #insert(statement: InsertStmt, outer: Names): void {
    const { relation, cols, selectStmt, onConflictClause, returningClause, withClause } = statement;
    const names = this.#with(withClause, outer);
    const target = this.#target(relation);
    const branches = selectStmt && 'SelectStmt' in selectStmt ? this.#select(selectStmt.SelectStmt, names) : [];
    this.#expressions([onConflictClause, returningClause], names);
    if (target.table === null) return;
    const columns = (cols ?? []).map((column) => ('ResTarget' in column ? column.ResTarget.name : undefined));
    const index = columns.indexOf(STORE_COLUMN);
    if (index < 0 || branches.length === 0) this.#refuse(target.table, FIXES.insert);
    for (const branch of index < 0 ? [] : branches)
      for (const value of insertedNodes(branch.query, index)) this.#given(value, target.table, branch, FIXES.insert);
    if (onConflictClause?.action === 'ONCONFLICT_UPDATE') this.#conflict(target, onConflictClause);
  }

  /** The row in the way may be another store's, unless the store is part of what is in conflict. */
  #conflict(target: Reference, clause: NonNullable<InsertStmt['onConflictClause']>): void {
    if (clause.whereClause) target.filters.push({ condition: clause.whereClause });
    const excluded: Reference = { name: 'excluded', schema: null, table: null, isRenamed: false, filters: [] };
    const settled = new Map(settle([target, excluded]));
    const isKeyed = (clause.infer?.indexElems ?? []).some(
      (element) => 'IndexElem' in element && element.IndexElem.name === STORE_COLUMN,
    );
    const stated = settled.get(target);
    if (stated) this.values.push(...stated);
    else if (!isKeyed) this.#refuse(target.table, FIXES.conflict);
    // What was to be inserted has been judged already.
    settled.set(excluded, []).set(target, stated ?? []);
    this.#assignments(target, clause.targetList, { references: [target, excluded], settled });
  }

  #update(statement: UpdateStmt, outer: Names): void {
    const { relation, targetList, whereClause, fromClause, returningClause, withClause } = statement;
    const names = this.#with(withClause, outer);
    const target = this.#target(relation);
    const references = this.#from(fromClause ?? [], whereClause, names, [target]);
    this.#expressions([targetList, whereClause, returningClause], names);
    this.#assignments(target, targetList, this.#require(references));
  }

  #delete(statement: DeleteStmt, outer: Names): void {
    const { relation, usingClause, whereClause, returningClause, withClause } = statement;
    const names = this.#with(withClause, outer);
    const references = this.#from(usingClause ?? [], whereClause, names, [this.#target(relation)]);
    this.#expressions([whereClause, returningClause], names);
    this.#require(references);
  }

  /** The names that a WITH adds; each query in it sees those before it, and all of them when it is recursive. */
  #with(clause: WithClause | undefined, outer: Names): Names {
    if (!clause) return outer;
    const queries = (clause.ctes ?? []).flatMap((node) => ('CommonTableExpr' in node ? [node.CommonTableExpr] : []));
    const names = new Set(outer);
    if (clause.recursive) for (const query of queries) names.add(query.ctename ?? '');
    for (const query of queries) {
      if (query.ctequery) this.statement(query.ctequery, new Set(names));
      names.add(query.ctename ?? '');
    }
    return names;
  }

  #from(entries: readonly Node[], where: Node | undefined, names: Names, targets: Reference[] = []): Reference[] {
    const read = readFrom(entries, {
      table: (table) => this.#table(table, names),
      query: (node) => this.statement(node, names),
      hidden: (inner) => void this.#require(this.#from(inner, undefined, names)),
      expressions: (tree) => this.#expressions(tree, names),
    });
    const references = [...targets, ...read];
    if (where) for (const reference of references) reference.filters.push({ condition: where });
    return references;
  }

  #table(table: RangeVar, names: Names): Reference {
    const { alias, schemaname, relname = '' } = table;
    const isQuery = schemaname === undefined && names.has(relname);
    this.#seen.add(table);
    return {
      name: alias?.aliasname ?? relname,
      schema: alias ? null : (schemaname ?? null),
      table: !isQuery && this.#tables.has(relname) ? relname : null,
      isRenamed: (alias?.colnames ?? []).length > 0,
      filters: [],
    };
  }

  /** What is written to is always a table, whatever WITH calls by its name. */
  #target(table: RangeVar | undefined): Reference {
    return this.#table(table ?? {}, new Set());
  }

  #require(references: readonly Reference[]): Scope {
    const settled = settle(references);
    for (const reference of references) {
      if (reference.table === null) continue;
      const values = settled.get(reference);
      if (values) this.values.push(...values);
      else this.#refuse(reference.table, FIXES.predicate(reference.name));
    }
    return { references, settled };
  }

  #assignments(target: Reference, assignments: readonly Node[] | undefined, scope: Scope): void {
    if (target.table === null) return;
    for (const node of assignments ?? [])
      if ('ResTarget' in node && node.ResTarget.name === STORE_COLUMN)
        this.#given(node.ResTarget.val, target.table, scope, FIXES.assignment);
  }

  /** A value that becomes a row's store: one that is stated, or the store of a row that is settled. */
  #given(value: Node | undefined, table: string, { references, settled }: Scope, fix: string): void {
    const source = statedSource(value);
    const owner = ownerOf(columnOf(value), references);
    const stated = source ? [{ table, source }] : owner && settled.get(owner);
    if (stated) this.values.push(...stated);
    else this.#refuse(table, fix);
  }

  /** Judges the queries inside expressions. */
  #expressions(tree: unknown, names: Names): void {
    eachObject(tree, (value, key) => {
      if (key !== 'SelectStmt') return true;
      this.#select(value as SelectStmt, names);
      return false;
    });
  }

  #refuse(table: string | null, fix: string): void {
    this.problems.push({ table, kind: 'missing', fix });
  }
}

/** What each row of a query has at one place. */
function insertedNodes(query: SelectStmt, index: number): (Node | undefined)[] {
  if (query.valuesLists) {
    return query.valuesLists.map((row) => ('List' in row ? row.List.items?.[index] : undefined));
  }
  const targets = query.targetList ?? [];
  const found = targets[index];
  const isCounted = !targets.slice(0, index).some(isStar);
  return [isCounted && found && 'ResTarget' in found ? found.ResTarget.val : undefined];
}

/** Whether a column of a SELECT is `*`, which stands for several. */
function isStar(target: Node): boolean {
  const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
  return (
    value !== undefined && 'ColumnRef' in value && (value.ColumnRef.fields ?? []).some((field) => 'A_Star' in field)
  );
}
