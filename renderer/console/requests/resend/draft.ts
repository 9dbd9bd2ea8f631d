/** A request as it is edited before it is sent again. */

import { MASKED } from '../../../../server/contract/curl.ts';
import type { ResendInput } from '../../../../server/contract/inspect.ts';
import type { RequestTrace } from '../../../../server/contract/requests.ts';

export interface DraftHeader {
  /** Stays the same while name and value change. */
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

export interface Draft {
  readonly method: string;
  /** A whole URL. */
  readonly url: string;
  readonly headers: readonly DraftHeader[];
  readonly body: string;
}

type Sent = Pick<RequestTrace, 'method' | 'scheme' | 'host' | 'path' | 'requestHeaders' | 'requestBody'>;

/** What was sent, to begin with. */
export function draftOf(request: Sent): Draft {
  return {
    method: request.method,
    url: `${request.scheme}://${request.host}${request.path}`,
    headers: Object.entries(request.requestHeaders).map(([name, value], key) => ({ key, name, value })),
    body: request.requestBody?.text ?? '',
  };
}

/** What of it was changed; what was not is left out, so that the server sends it as it was, secrets included. */
export function changesOf(request: Sent, draft: Draft): ResendInput {
  const before = draftOf(request);
  const headers = headersOf(draft);
  return {
    ...(draft.method === before.method ? {} : { method: draft.method.trim().toUpperCase() }),
    ...(draft.url === before.url ? {} : { url: draft.url.trim() }),
    ...(JSON.stringify(headers) === JSON.stringify(headersOf(before)) ? {} : { headers }),
    ...(draft.body === before.body ? {} : { body: draft.body === '' ? null : draft.body }),
  };
}

/** True when something was changed. */
export function isChanged(request: Sent, draft: Draft): boolean {
  return Object.keys(changesOf(request, draft)).length > 0;
}

/** What is wrong with the headers, by key; the server says what is wrong with everything else. */
export function headerFaults({ headers }: Draft): ReadonlyMap<number, string> {
  const faults = new Map<number, string>();
  const seen = new Set<string>();
  for (const { key, name, value } of headers) {
    const known = name.trim().toLowerCase();
    if (known === '' && value !== '') faults.set(key, 'Give it a name, or remove the row.');
    else if (known !== '' && !/^[!#$%&'*+.^_`|~\w-]+$/.test(known)) faults.set(key, 'A name has no spaces or colons.');
    else if (known !== '' && seen.has(known)) faults.set(key, 'Another row has this name.');
    seen.add(known);
  }
  return faults;
}

/** What the reader must know about the body that was recorded, or null. */
export function bodyNote({ requestBody }: Sent): string | null {
  if (!requestBody) return null;
  if (requestBody.text === null) return 'It is no text and is sent as it was unless something is written here.';
  const masked = requestBody.text.includes(MASKED)
    ? 'Secrets in it are masked; write them anew if the body is changed.'
    : '';
  return [requestBody.note ?? '', masked].filter(Boolean).join(' ') || null;
}

function headersOf({ headers }: Draft): Record<string, string> {
  return Object.fromEntries(
    headers.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]),
  );
}
