/** Runs work for a backend that may have been given no guard. */
import type { ExemptionReason, ScopeGuard } from './scope-guard.ts';

/** Runs work for one store. */
export function withinStore<Result>(guard: ScopeGuard | undefined, storeId: number, work: () => Result): Result {
  return guard ? guard.within(storeId, work) : work();
}

/** Runs a job that may reach every store. */
export function exemptFrom<Result>(guard: ScopeGuard | undefined, reason: ExemptionReason, work: () => Result): Result {
  return guard ? guard.skip(reason, work) : work();
}
