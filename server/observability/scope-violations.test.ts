import { Counter } from 'prom-client';
import { describe, expect, it } from 'vitest';
import type { ScopeViolation } from '../database/guard/scope-guard.ts';
import { reportViolations } from './scope-violations.ts';

const violation: ScopeViolation = {
  table: 'orders',
  kind: 'missing',
  sql: `SELECT * FROM orders ${'x'.repeat(10_000)}`,
  callSite: 'server/modules/orders/service.ts:12',
  fix: 'Add it.',
};

function reporter(codeOf: (id: number) => Promise<string | undefined> = async (id) => `store${id}`) {
  const lines: { readonly fields: object; readonly text: string }[] = [];
  const clock = { now: 1_000_000 };
  const scopeViolations = new Counter({ name: 'n', help: 'h', labelNames: ['store', 'kind'] as const, registers: [] });
  const tell = reportViolations({
    log: { error: (fields: object, text: string) => lines.push({ fields, text }) } as never,
    metrics: { scopeViolations, storeLabel: (code) => code ?? 'none' },
    codeOf,
    now: () => clock.now,
  });
  const counted = async () =>
    (await scopeViolations.get()).values.map(({ labels, value }) => [labels['store'], labels['kind'], value]);
  return { tell, lines, clock, counted };
}

describe('reportViolations', () => {
  it('counts by store and kind, also when the store cannot be looked up', async () => {
    const known = reporter();
    known.tell(violation, 7);
    known.tell(violation, null);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await known.counted()).toEqual(
      expect.arrayContaining([
        ['store7', 'missing', 1],
        ['none', 'missing', 1],
      ]),
    );

    const unknown = reporter(() => Promise.reject(new Error('down')));
    unknown.tell(violation, 7);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await unknown.counted()).toEqual([['none', 'missing', 1]]);
  });

  it('logs what, where and the statement, cut short', () => {
    const { tell, lines } = reporter();
    tell(violation, 7);

    expect(lines[0]?.text).toBe(
      'A statement reaches rows of "orders" of every store (server/modules/orders/service.ts:12). Add it.',
    );
    expect(lines[0]?.fields).toMatchObject({ event: 'scope', storeId: 7, kind: 'missing', table: 'orders' });
    expect(JSON.stringify(lines[0]).length).toBeLessThan(1000);
  });

  it('logs so many a minute, and says afterwards how many it left out', () => {
    const { tell, lines, clock } = reporter();
    for (let index = 0; index < 100; index += 1) tell(violation, 7);
    const within = lines.length;
    clock.now += 60_000;
    tell(violation, 7);
    tell(violation, 7);

    expect(within).toBe(30);
    expect(lines).toHaveLength(32);
    expect(lines[30]?.text).toContain('(70 more were not logged)');
    expect(lines[31]?.text).not.toContain('more were not logged');
  });
});
