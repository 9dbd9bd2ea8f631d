/** What was executed, for traces and metrics. */
export interface StatementEvent {
  readonly sql: string;
  readonly parameters: unknown;
  /** From `performance.now()`. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Rows returned by a query, or rows changed by a write. */
  readonly rows: number;
  readonly error?: Error;
}
