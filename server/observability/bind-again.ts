import { MAX_VALUE_LENGTH } from './trace.ts';

/** Values of a recorded statement, to be bound once more. */
export interface BoundAgain {
  /** Values of `$1`, `$2`, ...; of those that were cut off, what is left. */
  readonly bind: readonly unknown[];
  /** The same with null for those that were cut off; null when none was. */
  readonly withoutCut: readonly unknown[] | null;
  readonly notes: readonly string[];
}

const BYTES = '[bytes]';

/** Reads the values that a record keeps as text. */
export function bindAgain(parameters: string | null): BoundAgain {
  const values = valuesOf(parameters);
  const notes: string[] = [];
  const isCut = values.map(
    (value) => typeof value === 'string' && value.length > MAX_VALUE_LENGTH && value.endsWith('…'),
  );
  const bind = values.map((value, index) => {
    if (value === BYTES) {
      notes.push(`The value of $${index + 1} is bytes, which are not kept; NULL stands for it.`);
      return null;
    }
    if (!isCut[index]) return bindable(value);
    notes.push(`The value of $${index + 1} was too long to be kept whole; its beginning stands for it.`);
    return String(value).slice(0, -1);
  });
  const withoutCut = isCut.includes(true) ? bind.map((value, index) => (isCut[index] ? null : value)) : null;
  return { bind, withoutCut, notes };
}

/** In the order of their numbers, whether they were kept in a list or by name. */
function valuesOf(parameters: string | null): readonly unknown[] {
  if (parameters === null) return [];
  const kept: unknown = JSON.parse(parameters);
  if (Array.isArray(kept)) return kept;
  const values: unknown[] = [];
  for (const [name, value] of Object.entries(kept as Record<string, unknown>)) {
    const number = /^\$?(\d{1,5})$/.exec(name)?.[1];
    if (number !== undefined) values[Number(number) - 1] = value;
  }
  return Array.from(values, (value) => value ?? null);
}

/** Drivers take no objects; one was bound as its JSON. */
function bindable(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
