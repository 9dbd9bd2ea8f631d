import { PassThrough } from 'node:stream';
import { expect, it, vi } from 'vitest';
import type { Logger } from '../../observability/log.ts';
import { PostgresLog } from './embedded-log.ts';

function logged(): { log: PostgresLog; levels: () => string[] } {
  const lines: string[] = [];
  const at = (level: string) => () => lines.push(level);
  return { log: new PostgresLog({ debug: at('debug'), warn: at('warn') } as unknown as Logger), levels: () => lines };
}

it.each([
  ['postmaster [1] LOG:  starting PostgreSQL 18.4', 'debug'],
  ['client backend [2] ERROR:  duplicate key value violates unique constraint', 'debug'],
  ['client backend [2] FATAL:  password authentication failed for user "x"', 'debug'],
  ['client backend [2] PANIC:  could not write to file', 'warn'],
  ['checkpointer [3] ERROR:  could not write blocks: No space left on device', 'warn'],
  ['startup [4] FATAL:  checkpoint request failed', 'warn'],
  ['postgres: could not find the database system', 'debug'],
])('tells of %s at %s', (line, level) => {
  const { log, levels } = logged();

  log.add(line);

  expect(levels()).toEqual([level]);
});

it('does not worry about what Postgres says of its end', () => {
  const { log, levels } = logged();

  log.isQuiet = true;
  log.add('autovacuum launcher [4] FATAL:  terminating because of administrator command');

  expect(levels()).toEqual(['debug']);
});

it('keeps the last 50 lines of what it follows', async () => {
  const { log } = logged();
  const stream = new PassThrough();
  log.follow(stream);

  stream.end(Array.from({ length: 120 }, (_, index) => `line ${index}\n`).join(''));

  await vi.waitUntil(() => log.has(/line 119/));
  expect(log.last().split('\n')).toHaveLength(50);
  expect(log.last(2)).toBe('line 118\nline 119');
});
