import { AppError } from '../../errors.ts';
import type { ScopeViolation } from './scope-guard.ts';

/** A statement that could have reached another store's rows; it has not run. */
export class UnscopedStatementError extends AppError {
  readonly violation: ScopeViolation;

  constructor(violation: ScopeViolation) {
    super(describeViolation(violation), { status: 500, code: 'unscoped_statement', isForDevelopers: true });
    this.violation = violation;
  }
}

/** What is wrong, where, and what to do, in a few sentences and without the statement's values. */
export function describeViolation({ kind, table, callSite, fix }: ScopeViolation): string {
  const place = callSite === null ? '' : ` (${callSite})`;
  const what = {
    missing: `A statement reaches rows of "${table}" of every store${place}.`,
    other_store: `A statement on "${table}" names a store that is not the one in force${place}.`,
    unreadable: `A statement cannot be judged, so it may reach rows of every store${place}.`,
    session: `A statement changes what its connection keeps for the next store${place}.`,
  }[kind];
  return `${what} ${fix}`;
}
