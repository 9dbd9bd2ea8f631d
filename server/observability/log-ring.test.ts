import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLogger, logRingOf } from './log.ts';
import { LogRing } from './log-ring.ts';
import { beginActive, type RequestTrace, runActive } from './trace.ts';

const never = new AbortController().signal;

function ringWith(count: number): LogRing {
  const ring = new LogRing();
  for (let index = 1; index <= count; index += 1)
    ring.add(JSON.stringify({ level: 30, time: '2026-01-01T00:00:00.000Z', msg: `line ${index}` }), null);
  return ring;
}
const messages = (lines: readonly { readonly message: string }[]) => lines.map(({ message }) => message);

describe('LogRing', () => {
  it('gives the latest lines oldest first, and goes on after one', () => {
    const ring = ringWith(10);

    expect(messages(ring.list({ limit: 2 }))).toEqual(['line 9', 'line 10']);
    expect(messages(ring.list({ limit: 2, after: 7 }))).toEqual(['line 8', 'line 9']);
    expect(ring.list({ limit: 2, after: 10 })).toEqual([]);
    // Of a server that counts anew.
    expect(messages(ring.list({ limit: 1, after: 999 }))).toEqual(['line 1']);
  });

  it('keeps the latest five thousand', () => {
    const ring = ringWith(6000);

    expect(messages(ring.list({ limit: 1, after: 0 }))).toEqual(['line 1001']);
    expect(ring.newest).toBe(6000);
  });

  it('waits for a line that is wanted, and no longer than it may', async () => {
    const ring = ringWith(1);
    const waiting = ring.next({ limit: 10, after: 1, text: 'wanted' }, 60_000, never);
    ring.add('{"level":30,"msg":"another"}', null);
    ring.add('{"level":40,"msg":"WANTED one"}', null);

    expect(messages(await waiting)).toEqual(['WANTED one']);
    expect(await ring.next({ limit: 10, after: 3 }, 1, never)).toEqual([]);
    const gone = new AbortController();
    const left = ring.next({ limit: 10, after: 3 }, 60_000, gone.signal);
    gone.abort();
    expect(await left).toEqual([]);
  });

  it('reads what pino writes, and takes what is no JSON as it is', () => {
    const log = createLogger({ level: 'debug', format: 'none' });
    const ring = logRingOf(log);
    log.warn(
      { store: 'fashion', requestId: 'r1', password: 'ZqSECRETqZ', event: 'x', err: new Error('broken') },
      'careful',
    );
    log.debug('detail');
    ring.add('no json', 'r2');

    const [warning, detail, raw] = ring.list({ limit: 10 });
    expect(warning).toMatchObject({
      level: 'warn',
      store: 'fashion',
      requestId: 'r1',
      message: 'careful',
      sequence: 1,
    });
    expect(warning?.fields).toMatchObject({ event: 'x', password: '…', err: { message: 'broken' } });
    expect(detail).toMatchObject({ level: 'debug', store: null, requestId: null });
    expect(raw).toMatchObject({ message: 'no json', requestId: 'r2' });
    expect(ring.list({ limit: 10, level: 'warn' })).toHaveLength(1);
    expect(ring.list({ limit: 10, store: 'fashion' })).toHaveLength(1);
    expect(ring.list({ limit: 10, requestId: 'r1' })).toHaveLength(1);
  });

  it('belongs to the request that it was written during, when the log lets it through', async () => {
    const log = createLogger({ level: 'info', format: 'none' });
    const recording = beginActive({ requestId: 'during' } as RequestTrace);
    await runActive(recording, async () => {
      await Promise.resolve();
      log.info('inside');
      log.debug('hidden');
    });
    log.info('outside');

    const ring = logRingOf(log);
    expect(recording.lines.map((line) => ring.read(line))).toMatchObject([{ message: 'inside', requestId: 'during' }]);
    expect(ring.list({ limit: 10 }).map(({ requestId }) => requestId)).toEqual(['during', null]);
  });
});

describe('a log that cannot be written', () => {
  // Every write to it fails as on a full disk; only Linux has it.
  it.skipIf(!existsSync('/dev/full')).each(['json', 'pretty'] as const)('stops nothing: %s', async (format) => {
    const fd = openSync('/dev/full', 'w');
    const log = createLogger({ level: 'info', format, fd });
    for (let line = 0; line < 20; line += 1) log.info({ line: 'x'.repeat(100_000) }, `line ${line}`);
    await new Promise((resolve) => setImmediate(resolve));
    closeSync(fd);

    expect(logRingOf(log).newest).toBe(20);
  });
});
