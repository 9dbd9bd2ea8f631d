import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';

/** Answers what Node cannot read as a request at all, such as raw control characters in the request line. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const [status, code, detail] = isTooLarge
    ? ['431 Request Header Fields Too Large', 'headers_too_large', 'The headers of the request are too large.']
    : [
        '400 Bad Request',
        'request_unreadable',
        'This is not a readable HTTP request: it may hold raw control characters or letters outside ASCII.',
      ];
  const requestId = randomUUID();
  const body = JSON.stringify({
    type: `urn:orion:problem:${code}`,
    status: Number.parseInt(status, 10),
    code,
    detail,
    requestId,
  });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${requestId}\r\nConnection: close\r\n\r\n${body}`,
  );
}
