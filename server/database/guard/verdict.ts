import type { ScopeViolation } from './scope-guard.ts';

/** A number that a statement states as the store of a tenant table's rows. */
export interface StatedValue {
  readonly table: string;
  /** Digits as they stand in the text, or the name or number of the parameter that holds them. */
  readonly source: { readonly constant: string } | { readonly parameter: string };
}

/** What is wrong with a statement whatever its values are. */
export type Problem = Pick<ScopeViolation, 'table' | 'kind' | 'fix'>;

/** What the text of a statement tells; the same for every run of it. */
export interface Verdict {
  readonly problem: Problem | null;
  /** Each must be the store in force. */
  readonly values: readonly StatedValue[];
}

/** The verdict on a statement that reaches no tenant table. */
export const HARMLESS: Verdict = Object.freeze({ problem: null, values: [] });
