import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { RecordedParts } from './recorded-parts.ts';
import type { RequestTrace } from './trace.ts';

/** Bytes of memory that a trace takes, with bodies that it brought along, as one that was read from a file does. */
export function estimateBytes(trace: RequestTrace): number {
  // V8 keeps Latin-1 text in a byte a character, objects in a few dozen bytes.
  let bytes = 2800 + 2 * trace.path.length + trace.spans.length * 100;
  bytes += 150 * trace.cookies.length + 300 * trace.insights.length;
  for (const rung of trace.ladder) bytes += 200 + 2 * (rung.input.length + rung.reason.length);
  for (const statement of trace.sql) bytes += 150 + statement.sql.length + (statement.parameters?.length ?? 0);
  bytes += headerBytes(trace.requestHeaders) + headerBytes(trace.responseHeaders);
  for (const body of [trace.requestBody, trace.responseBody])
    bytes += 2 * ((body?.text?.length ?? 0) + (body?.base64?.length ?? 0));
  if (trace.error) bytes += 300 + trace.error.message.length + (trace.error.stack?.length ?? 0);
  return bytes;
}

/** Bytes of what belongs to a trace beside it, without bodies. */
export function estimatePartsBytes({ original, answerHeaders, lines }: RecordedParts): number {
  let bytes = headerBytes(original.headers) + headerBytes(answerHeaders);
  for (const { text } of lines) bytes += 100 + text.length;
  return bytes;
}

function headerBytes(headers: IncomingHttpHeaders | OutgoingHttpHeaders): number {
  let bytes = 0;
  for (const name in headers) {
    const value = headers[name];
    bytes += 50 + name.length;
    if (typeof value === 'string') bytes += value.length;
    else if (Array.isArray(value)) for (const one of value) bytes += 50 + one.length;
  }
  return bytes;
}
