import { NotFoundError } from '../errors.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import type { RequestTrace } from '../observability/trace.ts';

/** Everything that is kept of a request. @throws {NotFoundError} when it is unknown, or when its details were dropped */
export function findTrace(recorder: RequestRecorder, requestId: string): RequestTrace {
  const trace = recorder.get(requestId);
  if (trace === null) throw new NotFoundError('This request is not kept any more, or never was.', 'request_not_found');
  if (trace !== 'dropped') return trace;
  const megabytes = Math.round(recorder.stats().maxBytes / 1024 / 1024);
  throw new NotFoundError(
    `The details of this request were dropped to stay within ${megabytes} MiB. To keep more, start the server with a larger --trace-megabytes (ORION_TRACE_MEGABYTES).`,
    'request_details_dropped',
  );
}
