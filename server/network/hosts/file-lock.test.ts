/** A lock never makes a program wait for ever: what is left over is taken, and what cannot be taken is said. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFileLock } from './file-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orion-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const LEFT_OVER = JSON.stringify({ pid: 2 ** 30, token: 'of a process that has ended' });

describe('withFileLock', () => {
  it('takes over what a process has left that is gone, and leaves nothing', async () => {
    writeFileSync(join(folder, '.hosts.orion-lock'), LEFT_OVER);
    expect(await withFileLock(join(folder, 'hosts'), async () => 'done')).toBe('done');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('names a left over lock that cannot be taken away, instead of trying for ever', async () => {
    // Its name is as long as one can be, so that it cannot be moved aside: as one of another user in a shared folder.
    const name = 'h'.repeat(255 - '..orion-lock'.length);
    writeFileSync(join(folder, `.${name}.orion-lock`), LEFT_OVER);
    const taken = withFileLock(join(folder, name), async () => 'done', 50);
    await expect(taken).rejects.toMatchObject({ code: 'hosts_locked', message: expect.stringContaining('Delete it') });
  });

  it('moves a folder in the place of the lock aside', async () => {
    mkdirSync(join(folder, '.hosts.orion-lock'));
    expect(await withFileLock(join(folder, 'hosts'), async () => 'done')).toBe('done');
  });
});
