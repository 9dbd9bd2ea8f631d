import { describe, expect, it } from 'vitest';
import { buildLadder, buildResolution } from './build-resolution.ts';
import { flowOf, outcomeWords } from './flow.ts';

const flow = (results: Parameters<typeof buildLadder>[0], changes: Parameters<typeof buildResolution>[0] = {}) =>
  flowOf(buildResolution({ ladder: buildLadder(results), ...changes }));

describe('flowOf', () => {
  it('lights the way to the rule that won and nothing behind it', () => {
    const { nodes, exit, tone } = flow({ admin: 'no_match', custom_domain: 'no_match', subdomain: 'matched' });

    expect(nodes.map(({ isOnPath }) => isOnPath)).toEqual([true, true, true, false, false]);
    expect([exit, tone]).toEqual([2, 'good']);
    expect(nodes[2]).toMatchObject({ title: 'Subdomain', word: 'won', saw: 'fashion.localhost' });
    expect(nodes[3]).toMatchObject({ word: 'not reached', saw: null });
  });

  it('ends at the header that contradicts a host that had already won', () => {
    expect(flow({ admin: 'no_match', custom_domain: 'no_match', subdomain: 'matched', header: 'refused' }).exit).toBe(
      4,
    );
  });

  it('ends at the last rule that was tried when none won', () => {
    const refused = { outcome: 'refused' } as const;

    expect(flow({ admin: 'no_match', custom_domain: 'no_match', subdomain: 'no_match' }, refused)).toMatchObject({
      exit: 2,
      tone: 'bad',
    });
    expect(
      flow(
        { admin: 'no_match', custom_domain: 'no_match', subdomain: 'no_match', path: 'no_match', header: 'no_match' },
        { outcome: 'landing' },
      ),
    ).toMatchObject({ exit: 4, tone: 'info' });
  });

  it('ends before the first rule when the host was unreadable', () => {
    const { exit, nodes } = flow({}, { outcome: 'refused' });

    expect(exit).toBe(-1);
    expect(nodes.some(({ isOnPath }) => isOnPath)).toBe(false);
  });
});

describe('outcomeWords', () => {
  it('names the store, the area and the mode', () => {
    expect(outcomeWords(buildResolution())).toEqual({
      title: 'Fashion Boutique',
      text: 'Its storefront answers, found by subdomain.',
      label: 'reached',
      tone: 'good',
    });
  });

  it('gives the refusal in the server’s words, with its status', () => {
    const refusal = { status: 503, code: 'store_inactive', message: 'Fashion Boutique is closed at the moment.' };

    expect(outcomeWords(buildResolution({ outcome: 'refused', refusal }))).toMatchObject({
      title: 'Fashion Boutique',
      text: 'Fashion Boutique is closed at the moment.',
      label: 'refused, 503',
      tone: 'bad',
    });
    expect(outcomeWords(buildResolution({ outcome: 'refused', refusal, store: null })).title).toBe(
      'No store is reached',
    );
  });

  it('says where a redirect leads, also without a store', () => {
    expect(outcomeWords(buildResolution({ redirectTo: '/products' })).text).toContain('/products');
    expect(outcomeWords(buildResolution({ redirectTo: '/x', outcome: 'landing', store: null }))).toMatchObject({
      title: 'Redirect',
      tone: 'info',
    });
  });

  it.each([
    [{ outcome: 'admin' }, 'The console'],
    [{ outcome: 'landing', area: 'platform' }, 'The landing page'],
    [{ outcome: 'landing', area: 'api' }, 'The platform’s API'],
  ] as const)('names what answers instead of a store', (changes, title) => {
    expect(outcomeWords(buildResolution({ ...changes, store: null, mode: null })).title).toBe(title);
  });
});
