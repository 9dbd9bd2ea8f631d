import type { ViolationListener } from '../database/guard/scope-guard.ts';
import { describeViolation } from '../database/guard/unscoped-statement-error.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Lines a minute; a loop over a wrong statement must not fill the disk. */
const LINES_PER_MINUTE = 30;
const MAX_SQL_LENGTH = 500;

export interface ViolationReportOptions {
  readonly log: Pick<Logger, 'error'>;
  readonly metrics: Pick<Metrics, 'scopeViolations' | 'storeLabel'>;
  readonly codeOf: (storeId: number) => Promise<string | undefined>;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

/** Counts every violation of the scope guard, and logs as many as a minute may have. */
export function reportViolations({ log, metrics, codeOf, now = Date.now }: ViolationReportOptions): ViolationListener {
  let minute = { startedAt: 0, lines: 0, unsaid: 0 };
  return (violation, storeId) => {
    const { kind, table, callSite, sql } = violation;
    const count = (code: string | undefined) => metrics.scopeViolations.inc({ store: metrics.storeLabel(code), kind });
    if (storeId === null) count(undefined);
    // A platform database that cannot answer must not hide the number.
    else codeOf(storeId).then(count, () => count(undefined));

    if (now() - minute.startedAt >= 60_000) minute = { startedAt: now(), lines: 0, unsaid: minute.unsaid };
    if (minute.lines >= LINES_PER_MINUTE) {
      minute.unsaid += 1;
      return;
    }
    const more = minute.unsaid > 0 ? ` (${minute.unsaid} more were not logged)` : '';
    minute = { ...minute, lines: minute.lines + 1, unsaid: 0 };
    log.error(
      { event: 'scope', storeId, kind, table, callSite, sql: sql.slice(0, MAX_SQL_LENGTH) },
      describeViolation(violation) + more,
    );
  };
}
