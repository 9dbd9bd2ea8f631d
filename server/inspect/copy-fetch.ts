import { MASKED, wholeBody } from '../contract/curl.ts';
import type { CapturedBody, RequestTrace } from '../contract/requests.ts';

type Sent = Pick<RequestTrace, 'method' | 'scheme' | 'host' | 'path' | 'requestHeaders' | 'requestBody'>;

/** Set by whoever sends; browsers refuse to have them set. Source: Fetch Standard, "forbidden request-header". */
const FORBIDDEN =
  /^(?:host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|accept-charset|cookie|date|dnt|origin|referer|via|x-request-id|sec-.*|proxy-.*|:.*)$/i;

/** The request as a call of `fetch`, with a comment on what it cannot repeat. */
export function fetchCode(request: Sent): string {
  const body = wholeBody(request);
  const given = Object.entries(request.requestHeaders);
  const masked = given.filter(([, value]) => value.includes(MASKED)).map(([name]) => name);
  const headers = given.filter(([name]) => !FORBIDDEN.test(name) && !masked.includes(name));
  const options = [
    ...(request.method === 'GET' ? [] : [`  method: ${JSON.stringify(request.method)},`]),
    ...(headers.length === 0
      ? []
      : ['  headers: {', ...headers.map(([name, value]) => `    ${JSON.stringify(name)}: ${literal(value)},`), '  },']),
    ...(body ? [`  body: ${bodyLiteral(body)},`] : []),
  ];
  const url = literal(`${request.scheme}://${request.host}${request.path}`);
  const call = options.length === 0 ? `fetch(${url})` : `fetch(${url}, {\n${options.join('\n')}\n})`;
  return [
    ...commentOn(masked, body, request),
    `const response = await ${call};`,
    'console.log(response.status, await response.text());',
    '',
  ].join('\n');
}

function commentOn(masked: readonly string[], body: CapturedBody | null, { requestBody, method }: Sent): string[] {
  const missing = [
    ...masked,
    ...(requestBody && !body && method !== 'HEAD' ? ['the body, which was not kept whole'] : []),
  ];
  // A name may hold whatever was sent: it must not end the comment.
  return missing.length === 0
    ? []
    : [`// Left out, not recorded: ${missing.join(', ').replace(/[\r\n\u2028\u2029]/g, ' ')}`];
}

function bodyLiteral({ text, base64 }: CapturedBody): string {
  if (text !== null) return literal(text);
  return `Uint8Array.from(atob(${literal(base64 ?? '')}), (character) => character.charCodeAt(0))`;
}

/** A text as JavaScript, also inside a page's script. */
function literal(text: string): string {
  return JSON.stringify(text)
    .replaceAll('</', '<\\/')
    .replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`);
}
