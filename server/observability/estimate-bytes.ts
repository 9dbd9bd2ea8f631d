import type { RequestTrace } from './trace.ts';

/** Bytes of memory that a trace takes, with bodies that it brought along, as one that was read from a file does. */
export function estimateBytes(trace: RequestTrace): number {
  // V8 keeps Latin-1 text in a byte a character, objects in a few dozen bytes. Headers are there twice, as they came and masked.
  let bytes = 2800 + 2 * trace.path.length + trace.spans.length * 100;
  for (const rung of trace.ladder) bytes += 200 + 2 * (rung.input.length + rung.reason.length);
  for (const statement of trace.sql) bytes += 150 + statement.sql.length + (statement.parameters?.length ?? 0);
  for (const headers of [trace.requestHeaders, trace.responseHeaders]) {
    for (const name in headers) bytes += 50 + name.length + (headers[name]?.length ?? 0);
  }
  for (const body of [trace.requestBody, trace.responseBody])
    bytes += 2 * ((body?.text?.length ?? 0) + (body?.base64?.length ?? 0));
  if (trace.error) bytes += 300 + trace.error.message.length + (trace.error.stack?.length ?? 0);
  return bytes;
}
