import { describe, expect, it } from 'vitest';
import type { RequestTrace, Rung } from '../../../../server/contract/requests.ts';
import { buildTrace } from '../build-request.ts';
import { flowOf } from './request-flow.ts';

const RULES = ['admin', 'custom_domain', 'subdomain', 'path', 'header'] as const;
/** A ladder that ends at a rule. */
const ladder = (at: number, result: 'matched' | 'refused' | 'no_match'): Rung[] =>
  RULES.map((rule, index) => ({
    rule,
    result: index === at ? result : index < at ? 'no_match' : 'not_reached',
    input: 'fashion.localhost',
    query: null,
    cached: null,
    reason: 'because',
    durationMs: 0.1,
  }));
const sql = [{ sql: 'SELECT 1', parameters: null, startMs: 1, durationMs: 1, rows: 1, error: null, span: 0 }];

/** The way that is lit, as ids. */
function way(changes: Partial<RequestTrace>): string {
  const { links } = flowOf(buildTrace(changes));
  const steps = new Map(links.filter(({ isLit }) => isLit).map(({ from, to }) => [from, to]));
  const ids = ['client'];
  for (let next = steps.get('client'); next; next = steps.get(next)) ids.push(next);
  return ids.map((id) => id.replace('rule-', '')).join(' > ');
}
const stationOf = (changes: Partial<RequestTrace>, id: string) =>
  flowOf(buildTrace(changes)).stations.find((station) => station.id === id);

describe('the way that is lit', () => {
  it('turns at the rule that won and goes through store, area and database', () => {
    expect(way({ ladder: ladder(2, 'matched'), sql })).toBe(
      'client > guard > admin > custom_domain > subdomain > store > area > middleware > database > response',
    );
  });

  it('leaves out a database that was not asked', () => {
    expect(way({ ladder: ladder(2, 'matched') })).toMatch(/middleware > response$/);
  });

  it('goes by the store when no rule named one', () => {
    const landing = { ladder: ladder(4, 'no_match'), store: null, outcome: 'landing', area: 'platform' } as const;
    expect(way(landing)).toMatch(/header > area > middleware > response$/);
    expect(stationOf(landing, 'store')).toMatchObject({ state: 'off', note: 'No rule named one' });
  });

  it('ends at the rule that refused', () => {
    const refused = { ladder: ladder(3, 'refused'), store: null, outcome: 'refused' as const, status: 400, sql };
    expect(way(refused)).toBe('client > guard > admin > custom_domain > subdomain > path > response');
    expect(stationOf(refused, 'database')).toMatchObject({ state: 'passed' });
  });

  it('ends at the host guard when no rule was tried', () => {
    const stopped = { ladder: [], store: null, outcome: null, area: null, status: 421 };
    expect(way(stopped)).toBe('client > guard > response');
    expect(stationOf(stopped, 'guard')).toMatchObject({ state: 'bad', word: 'refused' });
  });
});

it('says of each station what it saw, why, and how long it took', () => {
  const changes = {
    ladder: ladder(2, 'matched'),
    sql,
    insights: [{ kind: 'n_plus_one' as const, message: 'x', statements: [0] }],
  };

  expect(stationOf(changes, 'rule-subdomain')).toMatchObject({
    word: 'won',
    saw: 'fashion.localhost',
    time: '0.10 ms',
  });
  expect(stationOf(changes, 'rule-path')).toMatchObject({ word: 'not reached', saw: '', note: 'because' });
  expect(stationOf(changes, 'database')).toMatchObject({ word: 'N+1', saw: '1 statement', note: '1 row' });
  expect(stationOf({ ...changes, status: 500 }, 'response')).toMatchObject({
    state: 'bad',
    saw: '500 Internal Server Error',
  });
});
