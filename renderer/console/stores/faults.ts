import type { Fault } from '../../../server/contract/problem.ts';

/** What is wrong with a form's fields, and what belongs to none of them. */
export interface FormFaults<Field extends string> {
  readonly byField: Readonly<Partial<Record<Field, string>>>;
  readonly others: readonly string[];
}

/** Sorts faults by the fields of a form; several of one field become one text. */
export function sortFaults<Field extends string>(
  faults: readonly Fault[],
  fields: readonly Field[],
): FormFaults<Field> {
  const byField: Partial<Record<Field, string>> = {};
  const others: string[] = [];
  for (const { field, message } of faults) {
    const known = fields.find((one) => one === field);
    if (known === undefined) others.push(asSentence(`${field} ${message}`));
    else byField[known] = byField[known] ? `${byField[known]} ${asSentence(message)}` : asSentence(message);
  }
  return { byField, others };
}

/** `must not be empty` becomes `Must not be empty.` */
export function asSentence(message: string): string {
  const text = message.trim();
  const begun = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.?!]$/.test(begun) ? begun : `${begun}.`;
}
