/** Which references of a query have the predicate `store_id = …`. */
import type { ColumnRef, Node } from 'libpg-query';
import { columnOf, namesOf, statedSource, stringsOf } from './syntax-tree.ts';
import type { StatedValue } from './verdict.ts';

/** The column that says whose row it is. */
export const STORE_COLUMN = 'store_id';

/** Something that holds for every row of a reference which comes out of its query. */
export type Filter = { readonly condition: Node } | { readonly sameStoreAs: Reference };

/** One entry of a FROM, or the table of an UPDATE or DELETE. */
export interface Reference {
  /** The alias, or the table's own name. */
  readonly name: string;
  /** Of a table that is named with its schema and has no alias. */
  readonly schema: string | null;
  /** The tenant table; null for everything else. */
  readonly table: string | null;
  /** An alias that also renames columns: then `store_id` may be another column. */
  readonly isRenamed: boolean;
  readonly filters: Filter[];
}

/** The values that a reference's rows have as their store. */
export type Settled = ReadonlyMap<Reference, readonly StatedValue[]>;

/**
 * Finds the references whose rows are all of stated stores: by an equality with a value, or with the store of another
 * reference that is settled. Source of the rule: docs/ISOLATION.md.
 */
export function settle(references: readonly Reference[]): Settled {
  const settled = new Map<Reference, readonly StatedValue[]>();
  for (const reference of references) {
    const values = reference.filters.flatMap((filter) => statedValues(filter, reference, references));
    if (values.length > 0) settled.set(reference, values);
  }
  for (let before = -1; before < settled.size; ) {
    before = settled.size;
    for (const reference of references) {
      if (settled.has(reference)) continue;
      const through = reference.filters.flatMap((filter) => partners(filter, reference, references));
      const known = through.find((partner) => settled.has(partner));
      if (known) settled.set(reference, settled.get(known) ?? []);
    }
  }
  return settled;
}

/** The reference whose `store_id` a column is; null when it is another column or cannot be told. */
export function ownerOf(column: ColumnRef | null, references: readonly Reference[]): Reference | null {
  const names = column && namesOf(column);
  if (!names || names.pop() !== STORE_COLUMN || names.length > 2) return null;
  const [outer, inner] = names.length === 2 ? names : [undefined, names[0]];
  const found = references.filter(
    ({ name, schema }) => (inner === undefined || name === inner) && (outer === undefined || schema === outer),
  );
  // Without a name, any of several could be meant.
  const [only] = found;
  return only && found.length === 1 && !only.isRenamed ? only : null;
}

function statedValues(filter: Filter, reference: Reference, references: readonly Reference[]): StatedValue[] {
  return equalities(filter).flatMap(([left, right]) => {
    const source = statedSource(right);
    if (source === null || ownerOf(columnOf(left), references) !== reference) return [];
    return [{ table: reference.table ?? reference.name, source }];
  });
}

function partners(filter: Filter, reference: Reference, references: readonly Reference[]): Reference[] {
  if ('sameStoreAs' in filter) return [filter.sameStoreAs];
  return equalities(filter).flatMap(([left, right]) => {
    if (ownerOf(columnOf(left), references) !== reference) return [];
    const partner = ownerOf(columnOf(right), references);
    return partner && partner !== reference ? [partner] : [];
  });
}

/** The equalities that hold together, each in both directions. */
function equalities(filter: Filter): (readonly [Node, Node])[] {
  return 'condition' in filter
    ? conjuncts(filter.condition).flatMap((condition) => {
        const sides = equality(condition);
        return sides ? [sides, [sides[1], sides[0]] as const] : [];
      })
    : [];
}

function conjuncts(condition: Node): Node[] {
  if (!('BoolExpr' in condition) || condition.BoolExpr.boolop !== 'AND_EXPR') return [condition];
  return (condition.BoolExpr.args ?? []).flatMap(conjuncts);
}

/** The two sides of `a = b` or `a IN (b)`. */
function equality(condition: Node): readonly [Node, Node] | null {
  if (!('A_Expr' in condition)) return null;
  const { kind, name, lexpr, rexpr } = condition.A_Expr;
  const operator = stringsOf(name);
  if (operator.length !== 1 || operator[0] !== '=' || !lexpr || !rexpr) return null;
  if (kind === 'AEXPR_OP') return [lexpr, rexpr];
  if (kind !== 'AEXPR_IN' || !('List' in rexpr)) return null;
  const [only, ...others] = rexpr.List.items ?? [];
  return only && others.length === 0 ? [lexpr, only] : null;
}
