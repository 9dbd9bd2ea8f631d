import { describe, expect, it } from 'vitest';
import type { RequestTrace, Rung } from '../../../server/contract/requests.ts';
import { buildTrace } from './build-request.ts';
import { outcomeSentence } from './outcome.ts';

const ladder: readonly Rung[] = [
  { rule: 'admin', result: 'no_match', input: '', query: null, cached: null, reason: 'x', durationMs: 0 },
];
const say = (changes: Partial<RequestTrace>) => outcomeSentence(buildTrace({ ladder, ...changes }));
const nowhere = { store: null, mode: null } as const;

describe('outcomeSentence', () => {
  it.each<[string, Partial<RequestTrace>]>([
    ['Reached Fashion Boutique by path.', { mode: 'path_based' }],
    ['Reached Fashion Boutique by subdomain; its API answered 404.', { area: 'api', status: 404 }],
    [
      'Reached Fashion Boutique by subdomain and was redirected to /x.',
      { status: 308, responseHeaders: { location: '/x' } },
    ],
    ['Reached Fashion Boutique by subdomain. The client went away before the answer was complete.', { status: 499 }],
    ['Found Fashion Boutique by subdomain, but the request was refused with 503.', { outcome: 'refused', status: 503 }],
    ['Refused with 421: no store was reached.', { ...nowhere, outcome: 'refused', status: 421 }],
    ['Reached the console: no store is looked for.', { ...nowhere, outcome: 'admin', area: 'admin' }],
    ['No rule named a store: the landing page answered.', { ...nowhere, outcome: 'landing', area: 'platform' }],
    ['No rule named a store: the platform’s API answered.', { ...nowhere, outcome: 'landing', area: 'api' }],
    ['Answered before any routing rule was tried.', { ...nowhere, outcome: null, ladder: [] }],
  ])('%s', (sentence, changes) => {
    expect(say(changes)).toBe(sentence);
  });
});
