import { describe, expect, it } from 'vitest';
import { buildCheck, buildDomain } from '../testing/build-domains.ts';
import { checksSummary, chosenDomain, noteOf, sortedDomains, stateOf } from './domains.ts';

const verified = buildDomain({ domain: 'a.example', isVerified: true, state: 'verified', verifiedBy: 'dns' });
const pending = buildDomain({ domain: 'b.example' });

it.each([
  [{}, 'pending'],
  [{ state: 'failed' as const }, 'failed'],
  [{ state: 'verified' as const, isVerified: true }, 'verified'],
  [{ state: 'failed' as const, isVerified: true }, 'verified'],
  [{ isVerified: true, isActive: false }, 'off'],
])('a domain with %j is %s', (given, word) => expect(stateOf(buildDomain(given)).word).toBe(word));

describe('noteOf', () => {
  it('says what is wrong before anything else', () => {
    expect(noteOf({ ...verified, lastFault: 'It leads elsewhere.' })).toBe('It leads elsewhere.');
    expect(noteOf({ ...verified, twin: 'www.a.example' })).toBe('Proven by DNS, with www.a.example.');
    expect(noteOf(pending)).toBe('Added on 20 Nov 2026; waits to be proven.');
  });
});

it('shows the domain of the address, else the one that needs attention', () => {
  expect(chosenDomain([verified, pending], 'a.example')).toBe(verified);
  expect(chosenDomain([verified, pending], 'gone.example')).toBe(pending);
  expect(chosenDomain([verified], null)).toBe(verified);
  expect(chosenDomain([], 'a.example')).toBeNull();
});

it('lists the primary one first', () => {
  const primary = buildDomain({ domain: 'z.example', isPrimary: true });
  expect(sortedDomains([pending, verified, primary])).toEqual([primary, verified, pending]);
});

it('sums up what was checked', () => {
  expect(checksSummary([])).toBe('Nothing was checked yet.');
  expect(checksSummary([buildCheck('txt', { verdict: 'failed' }), buildCheck('www')])).toBe('One check failed.');
  expect(checksSummary([buildCheck('txt'), buildCheck('certificate', { verdict: 'waiting' })])).toContain(
    'still waits',
  );
  expect(checksSummary([buildCheck('txt'), buildCheck('www', { verdict: 'skipped' })])).toBe('Every check passed.');
});
