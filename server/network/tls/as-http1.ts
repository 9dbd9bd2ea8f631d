import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';

/**
 * Makes a request of HTTP/2 look like the same one of HTTP/1.1, so that everything behind reads one form: `:authority` is
 * the Host, pseudo headers are not listed, and a body without a length is declared.
 *
 * A Host header beside a differing `:authority` stays in `rawHeaders` as a second one: the host guard refuses that, as it
 * does with HTTP/1.1. Source: RFC 9113 §8.3.1.
 */
export function asHttp1(request: IncomingMessage | Http2ServerRequest): void {
  if (!('stream' in request) || request.httpVersionMajor < 2) return;
  const { headers, rawHeaders } = request;
  const authority = headers[':authority'];
  const shown: string[] = authority === undefined ? [] : ['host', authority];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    const isSameHost = name === 'host' && authority !== undefined && value.toLowerCase() === authority.toLowerCase();
    if (!name.startsWith(':') && !isSameHost) shown.push(name, value);
  }
  rawHeaders.splice(0, rawHeaders.length, ...shown);
  if (authority !== undefined) headers.host = authority;
  // Not deleted: Node's `request.url` and `request.method` read them.
  for (const name of Object.keys(headers))
    if (name.startsWith(':')) Object.defineProperty(headers, name, { enumerable: false });
  const hasBody = !request.stream.endAfterHeaders;
  if (hasBody && headers['content-length'] === undefined) headers['transfer-encoding'] = 'chunked';
}
