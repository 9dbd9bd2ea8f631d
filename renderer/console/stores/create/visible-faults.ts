import type { CheckStoreInput } from '../../../../server/contract/stores.ts';
import { type FormFaults, sortFaults } from '../faults.ts';
import { FORM_FIELDS, type FormField } from './draft.ts';
import type { StoreCheck } from './use-store-check.ts';

/** Faults of the last attempt to make the store, with the values they are about. */
export interface Refusal {
  readonly faults: FormFaults<FormField>;
  /** A fault holds until its value is another. */
  readonly values: Readonly<Partial<Record<FormField, unknown>>>;
}

/** What is shown under the fields: what the check says of fields that were left, and what the last attempt said. */
export function visibleFaults(
  check: Pick<StoreCheck, 'answer' | 'about'>,
  typed: CheckStoreInput,
  touched: ReadonlySet<FormField>,
  refusal: Refusal | null,
  values: Readonly<Partial<Record<FormField, unknown>>>,
): Readonly<Partial<Record<FormField, string>>> {
  const { byField } = sortFaults(check.answer?.faults ?? [], FORM_FIELDS);
  const visible: Partial<Record<FormField, string>> = {};
  for (const field of FORM_FIELDS) {
    const found = byField[field];
    const isShown = touched.has(field) || (field === 'code' && typed.code !== undefined && typed.code !== '');
    if (found && isShown && isAbout(check.about, typed, field)) visible[field] = found;
    const refused = refusal?.faults.byField[field];
    if (refused && refusal?.values[field] === values[field]) visible[field] = refused;
  }
  return visible;
}

/** An answer about another value says nothing of this one. A suggested code stands and falls with the name. */
function isAbout(about: CheckStoreInput, typed: CheckStoreInput, field: FormField): boolean {
  const same = (key: keyof CheckStoreInput) => about[key] === typed[key];
  if (field === 'code') return same('code') && (typed.code !== undefined || same('name'));
  return field === 'logo' || field === 'catalogue' ? true : same(field);
}
