import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { migratedStore, workOn } from './migrate-run.ts';

const stores = Array.from({ length: 6 }, (_, index) => ({ code: `s${index}`, schemaName: `s${index}` }));

it('Ctrl-C lets the stores that are being migrated end, begins no other and leaves no listener', async () => {
  const signals = new EventEmitter();
  const begun: string[] = [];
  const lines: string[] = [];
  const done = await workOn(
    stores,
    2,
    async (store) => {
      begun.push(store.code);
      await new Promise((resolve) => setImmediate(resolve));
      if (store.code === 's1') signals.emit('SIGINT');
      return migratedStore(store, 'migrated');
    },
    { signals, output: { write: (text) => lines.push(text) } },
  );

  expect(begun.length).toBeLessThan(stores.length);
  expect(done.map((store) => store.state)).toEqual(
    stores.map((store) => (begun.includes(store.code) ? 'migrated' : 'cancelled')),
  );
  expect(lines).toContain('Cancelled: what runs is finished first.\n');
  expect(lines).toHaveLength(stores.length + 1);
  expect(signals.listenerCount('SIGINT')).toBe(0);
});

it('works on as many stores at once as it was told; on a terminal a bar tells how far, a failure has its line', async () => {
  let running = 0;
  let most = 0;
  const written: string[] = [];
  const done = await workOn(
    stores,
    3,
    async (store) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return store.code === 's4'
        ? migratedStore(store, 'failed', [], 'Migration 7 of store s4 failed')
        : migratedStore(store, 'current');
    },
    { output: { isTTY: true, write: (text) => written.push(text) } },
  );

  expect(most).toBe(3);
  expect(written.join('')).toMatch(/\] 1 of 6 stores.*\n?.*s4: Migration 7 of store s4 failed\n/s);
  expect(done.map((store) => store.code)).toEqual(stores.map((store) => store.code));
});
