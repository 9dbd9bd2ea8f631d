import { z } from 'zod';
import { type CapturedBody, requestTrace } from '../../contract/requests.ts';
import { maskHeaders, maskUrl } from '../../observability/mask.ts';
import type { RequestTrace } from '../../observability/trace.ts';
import type { ReadEntry } from './read-entry.ts';

const bodyFacts = z
  .object({
    contentType: z.string().nullable(),
    bytes: z.int(),
    keptBytes: z.int(),
    note: z.string().nullable(),
    form: z.enum(['text', 'base64', 'none']),
  })
  .nullable();

/** What a date can be. Source: ECMA-262, "Time Values and Time Range". */
const MAX_TIME = 8.64e15;
/** As requests have them here; with anything else, no address would lead to it. */
const REQUEST_ID = /^[\w.-]{8,128}$/;

/** Only its own version is read: what it would mean in another is not known. */
const orionMember = requestTrace
  .omit({ sequence: true, origin: true, requestHeaders: true, responseHeaders: true })
  .extend({
    version: z.literal(1),
    startedAt: z.number().min(-MAX_TIME).max(MAX_TIME),
    requestBody: bodyFacts,
    responseBody: bodyFacts,
  });

/** The trace that an entry of this program was written from; secrets that came in since are masked. */
export function ownTrace(entry: ReadEntry): { readonly trace: RequestTrace } | { readonly reason: string } {
  const result = orionMember.safeParse(entry._orion);
  if (!result.success) {
    const [first] = result.error.issues;
    return { reason: `Its _orion member was changed: ${first?.path.join('.')} ${first?.message}.` };
  }
  const { version, requestBody, responseBody, ...known } = result.data;
  const trace: RequestTrace = {
    ...known,
    sequence: 0,
    // Without one, it is given a new one.
    requestId: REQUEST_ID.test(known.requestId) ? known.requestId : '',
    origin: 'imported',
    path: maskUrl(known.path),
    requestHeaders: maskHeaders(headersOf(entry.request.headers)),
    responseHeaders: maskHeaders(headersOf(entry.response?.headers ?? [])),
    requestBody: bodyOf(requestBody, entry.request.postData?.text),
    responseBody: bodyOf(responseBody, entry.response?.content?.text),
  };
  return { trace };
}

function headersOf(pairs: readonly { readonly name: string; readonly value: string }[]): Record<string, string> {
  return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}

function bodyOf(facts: z.output<typeof bodyFacts>, text: string | null | undefined): CapturedBody | null {
  if (!facts) return null;
  const { form, ...rest } = facts;
  return { ...rest, text: form === 'text' ? (text ?? '') : null, base64: form === 'base64' ? (text ?? '') : null };
}
