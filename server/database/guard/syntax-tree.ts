import type { ColumnRef, Node, RangeVar } from 'libpg-query';
import type { StatedValue } from './verdict.ts';

/** The names of a column reference such as `p.store_id`, from left to right; null when it has a star. */
export function namesOf(column: ColumnRef): string[] | null {
  const names = (column.fields ?? []).map((field) => ('String' in field ? (field.String.sval ?? '') : null));
  return names.every((name) => name !== null) ? names : null;
}

/** The text of a list of `String` nodes. */
export function stringsOf(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).map((node) => ('String' in node ? (node.String.sval ?? '') : ''));
}

const INTEGER_TYPES = new Set(['int2', 'int4', 'int8', 'integer', 'bigint']);
const PLAIN_TYPES = new Set([...INTEGER_TYPES, 'numeric', 'text']);

/** The number that an expression states, or null: a constant or a parameter, with or without a cast. */
export function statedSource(node: Node | undefined): StatedValue['source'] | null {
  const plain = withoutCast(node, PLAIN_TYPES);
  if (plain === undefined) return null;
  if ('ParamRef' in plain) return { parameter: String(plain.ParamRef.number ?? 0) };
  if (!('A_Const' in plain)) return null;
  const { ival, fval, sval } = plain.A_Const;
  const digits = ival ? String(ival.ival ?? 0) : (fval?.fval ?? sval?.sval ?? '');
  return /^\d+$/.test(digits) ? { constant: digits } : null;
}

/** The column that an expression is, with or without a cast that keeps the number. */
export function columnOf(node: Node | undefined): ColumnRef | null {
  const plain = withoutCast(node, INTEGER_TYPES);
  return plain !== undefined && 'ColumnRef' in plain ? plain.ColumnRef : null;
}

/** A cast to another type, or with a length, may turn one number into another: it is not looked through. */
function withoutCast(node: Node | undefined, types: ReadonlySet<string>): Node | undefined {
  if (node === undefined || !('TypeCast' in node)) return node;
  const { arg, typeName } = node.TypeCast;
  const isPlain = types.has(stringsOf(typeName?.names).at(-1) ?? '') && !typeName?.typmods && !typeName?.arrayBounds;
  return isPlain ? withoutCast(arg, types) : node;
}

/** Calls `visit` with every object of a tree and the name it hangs under; what `visit` answers false to is not entered. */
export function eachObject(tree: unknown, visit: (value: object, key: string) => boolean, key = ''): void {
  if (typeof tree !== 'object' || tree === null) return;
  if (Array.isArray(tree)) {
    for (const item of tree) eachObject(item, visit, key);
    return;
  }
  if (!visit(tree, key)) return;
  for (const [name, child] of Object.entries(tree)) eachObject(child, visit, name);
}

/** Whether an object of the tree names a table. */
export function isRangeVar(value: object): value is RangeVar {
  return 'relname' in value && typeof value.relname === 'string';
}
