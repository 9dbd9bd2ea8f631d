// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { Rung } from '../../server/contract/requests.ts';
import { renderInConsole } from '../testing/render.tsx';
import { Ladder } from './ladder.tsx';

afterEach(cleanup);

const rung = (changes: Partial<Rung> & Pick<Rung, 'rule'>): Rung => ({
  result: 'no_match',
  input: 'fashion.localhost',
  query: null,
  cached: null,
  reason: 'no store has this domain',
  durationMs: 0,
  ...changes,
});

it('says of every rule what it saw and why it won or lost', () => {
  const ladder = [
    rung({ rule: 'custom_domain' }),
    rung({
      rule: 'subdomain',
      result: 'matched',
      query: 'SELECT 1',
      cached: true,
      durationMs: 0.034,
      reason: 'it fits',
    }),
    rung({ rule: 'path', result: 'not_reached', reason: 'an earlier rule won' }),
  ];
  renderInConsole(<Ladder ladder={ladder} store={{ name: 'Fashion Boutique', color: '#9a4a33' }} />);

  const [lost, won, notReached] = screen.getAllByRole('listitem').map((item) => within(item));
  expect(lost?.getByText('No store has this domain.')).toBeDefined();
  expect(lost?.queryByText('Fashion Boutique')).toBeNull();
  expect(won?.getByText('won')).toBeDefined();
  expect(won?.getByText('from the cache · 0.03 ms')).toBeDefined();
  expect(won?.getByText('Fashion Boutique')).toBeDefined();
  expect(notReached?.getByText('not reached')).toBeDefined();
  expect(notReached?.queryByText('Saw')).toBeNull();
});
