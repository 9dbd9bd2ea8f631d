import { describe, expect, it } from 'vitest';
import { buildCertificates } from '../testing/build-certificates.ts';
import { certificatesSummary, hstsChoices, trustable, validityOf } from './validity.ts';

const DAY = 86_400_000;

it.each([
  [0, 100, 40, 'good', '60 days left', 0.4],
  [0, 100, 71, 'warn', '29 days left', 0.71],
  [0, 100, 99.5, 'warn', 'ends today', 0.995],
  [0, 100, 100.5, 'bad', 'ended today', 1],
  [0, 100, 103, 'bad', 'ended 3 days ago', 1],
])('from day %i to %i, on day %d: %s, %s', (from, to, now, tone, words, share) => {
  expect(validityOf(from * DAY, to * DAY, now * DAY)).toEqual({ tone, words, share });
});

it('says of a certificate of the future when it begins', () => {
  expect(validityOf(Date.UTC(2026, 11, 1), Date.UTC(2027, 0, 1), Date.UTC(2026, 10, 21, 12))).toMatchObject({
    tone: 'bad',
    words: 'begins on 1 Dec 2026',
  });
});

describe('certificatesSummary', () => {
  it('counts only lists that are there and can be changed', () => {
    const state = buildCertificates();
    const [system, chromium, node] = state.trust;
    if (!system || !chromium || !node) throw new Error('three lists');
    expect(certificatesSummary(state).text).toContain('1 of 2 lists trust');
    const trust = [chromium, { ...system, state: 'unavailable' as const }];
    expect(certificatesSummary({ ...state, trust })).toMatchObject({ tone: 'good', title: 'HTTPS is on, port 8443' });
  });

  it('says first that it does not listen', () => {
    const state = buildCertificates();
    const https = { ...state.https, listeningPort: null, fault: 'Port 443 is held by nginx.' };
    expect(certificatesSummary({ ...state, https })).toMatchObject({ tone: 'bad', text: 'Port 443 is held by nginx.' });
  });
});

it('offers a button only where one can do it', () => {
  expect(trustable(buildCertificates()).map(({ id }) => id)).toEqual(['system']);
});

it('keeps a time among the choices that is none of them', () => {
  expect(hstsChoices(0)).toHaveLength(5);
  expect(hstsChoices(42).at(-1)).toEqual({ value: '42', label: '42 seconds' });
});
