/** What every layer of the database knows of the scope guard; `create-scope-guard.ts` makes one. */
import type { Engine } from '../store-database.ts';

/** A statement that is about to run on the stores' data. */
export interface GuardedStatement {
  readonly sql: string;
  /** Values of `$1`, `$2`, ...: in their order, or by name with or without the `$`. */
  readonly parameters: readonly unknown[] | Readonly<Record<string, unknown>> | undefined;
  /** Whose SQL it is; Postgres' when absent. */
  readonly engine?: Engine;
}

/** `refuse` throws before the statement runs, `log` lets it run and tells, `off` does not look. */
export type GuardMode = 'refuse' | 'log' | 'off';

/** What is wrong with a statement, and what to do. */
export interface ScopeViolation {
  /** The tenant table without its predicate; null when the statement could not be read. */
  readonly table: string | null;
  /** `missing` has no `store_id = …`; `other_store` names another store; `unreadable` cannot be judged; `session` changes what a pooled connection keeps. */
  readonly kind: 'missing' | 'other_store' | 'unreadable' | 'session';
  readonly sql: string;
  /** File and line of the code that asked, relative to the project; null when it cannot be told. */
  readonly callSite: string | null;
  /** What to write instead. */
  readonly fix: string;
}

/**
 * Looks at every statement on the stores' data before it runs. A statement that touches a tenant table without
 * `store_id = …` of the store in force is refused: an unscoped query is an error, not a leak.
 */
export interface ScopeGuard {
  readonly mode: GuardMode;
  /** @throws {UnscopedStatementError} in mode `refuse` */
  check(statement: GuardedStatement): void;
  /** Runs `work` for one store: its statements must name this store's number. */
  within<Result>(storeId: number, work: () => Result): Result;
  /** Runs a job that may reach every store. The reasons are listed in docs/ISOLATION.md. */
  skip<Result>(reason: ExemptionReason, work: () => Result): Result;
  /** Runs a call into a library whose promises cut the stack, so that a violation can still name who asked. */
  calledFrom<Result>(work: () => Result): Result;
  /** Tells every violation from now on, in the modes `refuse` and `log`, before anything is thrown. */
  onViolation(listener: ViolationListener): void;
  stats(): {
    readonly violations: number;
    readonly exemptions: readonly { readonly reason: ExemptionReason; readonly uses: number }[];
  };
}

/** @param storeId of the work that the statement belongs to; null outside of any store's work */
export type ViolationListener = (violation: ScopeViolation, storeId: number | null) => void;

/** The few jobs that may reach every store; docs/ISOLATION.md says why for each. */
export const EXEMPTION_REASONS = {
  migrations: 'Migrations change the tables of all stores.',
  'drop-backend': 'Removing a backend removes the rows of all stores.',
} as const;
export type ExemptionReason = keyof typeof EXEMPTION_REASONS;
