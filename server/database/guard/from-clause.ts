/** Reads what a query takes its rows from, and which conditions hold for each. */
import type { JoinExpr, Node, RangeVar } from 'libpg-query';
import { type Filter, type Reference, STORE_COLUMN } from './predicates.ts';
import { stringsOf } from './syntax-tree.ts';

/** What the entries of a FROM are judged with. */
export interface FromReader {
  /** The reference of a table, or of what hides a table under its name. */
  readonly table: (table: RangeVar) => Reference;
  /** Judges a query of its own, such as a subquery. */
  readonly query: (node: Node) => void;
  /** Judges entries as a query of their own, whose names are hidden. */
  readonly hidden: (entries: readonly Node[]) => void;
  /** Looks for queries inside expressions. */
  readonly expressions: (tree: unknown) => void;
}

/** The references of the entries of a FROM, with the conditions of their joins. */
export function readFrom(entries: readonly Node[], reader: FromReader): Reference[] {
  return entries.flatMap((entry) => readEntry(entry, reader));
}

function readEntry(entry: Node, reader: FromReader): Reference[] {
  if ('RangeVar' in entry) return [reader.table(entry.RangeVar)];
  if ('JoinExpr' in entry) return readJoin(entry.JoinExpr, reader);
  if ('RangeTableSample' in entry) {
    reader.expressions([entry.RangeTableSample.args, entry.RangeTableSample.repeatable]);
    return entry.RangeTableSample.relation ? readEntry(entry.RangeTableSample.relation, reader) : [];
  }
  if ('RangeSubselect' in entry) {
    if (entry.RangeSubselect.subquery) reader.query(entry.RangeSubselect.subquery);
    return [derived(entry.RangeSubselect.alias?.aliasname)];
  }
  reader.expressions(entry);
  const [content] = Object.values(entry) as [{ readonly alias?: { readonly aliasname?: string } }];
  return [derived(content.alias?.aliasname)];
}

/** Rows that are no table's: their `store_id` is whatever their query says. */
function derived(name: string | undefined): Reference {
  return { name: name ?? '', schema: null, table: null, isRenamed: false, filters: [] };
}

function readJoin(join: JoinExpr, reader: FromReader): Reference[] {
  if (join.alias) {
    const { alias, ...inner } = join;
    reader.hidden([{ JoinExpr: inner }]);
    return [derived(alias.aliasname)];
  }
  const left = join.larg ? readEntry(join.larg, reader) : [];
  const right = join.rarg ? readEntry(join.rarg, reader) : [];
  if (join.quals) {
    reader.expressions(join.quals);
    addFilter(join, left, right, { condition: join.quals });
  }
  const [onlyLeft] = left;
  const [onlyRight] = right;
  // USING is an equality too; of several references on one side, it is not told whose column is meant.
  const isPair = onlyLeft && onlyRight && left.length === 1 && right.length === 1;
  if (isPair && !join.isNatural && stringsOf(join.usingClause).includes(STORE_COLUMN)) {
    addFilter(join, left, [], { sameStoreAs: onlyRight });
    addFilter(join, [], right, { sameStoreAs: onlyLeft });
  }
  return [...left, ...right];
}

/** The condition of an outer join holds for the rows of the side that may be absent; the other side's all come out. */
function addFilter(
  { jointype }: JoinExpr,
  left: readonly Reference[],
  right: readonly Reference[],
  filter: Filter,
): void {
  const holdsLeft = jointype === 'JOIN_INNER' || jointype === 'JOIN_RIGHT';
  const holdsRight = jointype === 'JOIN_INNER' || jointype === 'JOIN_LEFT';
  if (holdsLeft) for (const reference of left) reference.filters.push(filter);
  if (holdsRight) for (const reference of right) reference.filters.push(filter);
}
