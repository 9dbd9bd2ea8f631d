import type { RequestTrace } from '../../../server/contract/requests.ts';
import { areaLabel, modeLabel } from '../../shared/format.ts';

type Decided = Pick<RequestTrace, 'outcome' | 'mode' | 'area' | 'store' | 'status' | 'responseHeaders' | 'ladder'>;

/** What became of a request, in a sentence such as `Reached Fashion Boutique by path.` */
export function outcomeSentence(request: Decided): string {
  return [whereItWent(request), request.status === 499 ? 'The client went away before the answer was complete.' : '']
    .filter(Boolean)
    .join(' ');
}

/** Where the answer sent the client, or null when it was no redirect. */
export function redirectOf(request: Pick<RequestTrace, 'status' | 'responseHeaders'>): string | null {
  if (request.status === null || request.status < 300 || request.status > 399) return null;
  return request.responseHeaders['location'] ?? null;
}

function whereItWent(request: Decided): string {
  const redirect = redirectOf(request);
  const { store, status, ladder, outcome } = request;
  if (ladder.length === 0) return 'Answered before any routing rule was tried.';
  if (outcome === 'refused') {
    return store
      ? `Found ${store.name} by ${modeLabel(request.mode)}, but the request was refused with ${status}.`
      : `Refused with ${status}: no store was reached.`;
  }
  if (outcome === 'admin') return 'Reached the console: no store is looked for.';
  if (outcome === 'store' && store) return reached(request, store.name, redirect);
  if (redirect) return `Redirected to ${redirect}.`;
  const place = request.area === 'api' ? 'the platform’s API' : 'the landing page';
  return `No rule named a store: ${place} answered.`;
}

function reached(request: Decided, name: string, redirect: string | null): string {
  const start = `Reached ${name} by ${modeLabel(request.mode)}`;
  if (redirect) return `${start} and was redirected to ${redirect}.`;
  const isFault = request.status !== null && request.status >= 400 && request.status !== 499;
  return isFault ? `${start}; its ${areaLabel(request.area)} answered ${request.status}.` : `${start}.`;
}
