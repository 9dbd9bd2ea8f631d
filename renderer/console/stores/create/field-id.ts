import type { FormField } from './draft.ts';

/** The id of a field's input, where the focus goes when it is wrong. */
export function fieldId(field: FormField): string {
  return `new-store-${field}`;
}
