import type { RequestSummary } from '../contract/requests.ts';
import type { RequestTrace } from './trace.ts';

/** Characters of a host and a path that lists keep: there may be a hundred thousand of them. The detail has the whole. */
const MAX_HOST_LENGTH = 260;
const MAX_PATH_LENGTH = 300;

/** What lists show of a trace. */
export function summarizeRequest(trace: RequestTrace): RequestSummary {
  const { sequence, requestId, startedAt, method, host, path, status, durationMs, mode, area, store, outcome } = trace;
  const { role, flags, origin } = trace;
  return {
    sequence,
    requestId,
    startedAt,
    method,
    host: beginningOf(host, MAX_HOST_LENGTH),
    path: beginningOf(path, MAX_PATH_LENGTH),
    status,
    durationMs,
    mode,
    area,
    store,
    outcome,
    statements: trace.sql.length,
    role,
    flags,
    origin,
  };
}

/** A text that is not longer than lists show. A copy: a part of a long text would keep all of it in memory. */
function beginningOf(text: string, length: number): string {
  return text.length <= length ? text : `${Buffer.from(text.slice(0, length)).toString()}…`;
}
