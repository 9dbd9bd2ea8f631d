import type { RequestTrace } from '../contract/requests.ts';
import { NotFoundError } from '../errors.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';

/** Everything of a recorded request. @throws {NotFoundError} saying whether it never was, or was dropped */
export function requireTrace(recorder: RequestRecorder, requestId: string): RequestTrace {
  const trace = recorder.get(requestId);
  if (trace === null) throw new NotFoundError('This request is not kept any more, or never was.', 'request_not_found');
  if (trace === 'dropped') throw new NotFoundError(droppedMessage(recorder), 'request_details_dropped');
  return trace;
}

function droppedMessage(recorder: RequestRecorder): string {
  const megabytes = Math.round(recorder.stats().maxBytes / 1024 / 1024);
  return `The details of this request were dropped to stay within ${megabytes} MiB. To keep more, start the server with a larger --trace-megabytes (ORION_TRACE_MEGABYTES).`;
}
