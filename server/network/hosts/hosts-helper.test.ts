/** Protects the system's file from the one program that may write it as administrator. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { helperPlace } from './helper-place.ts';
import { readPlan } from './helper-plan.ts';
import { hashOf, stampOf } from './hosts-bytes.ts';

// Each starts a process or two.
vi.setConfig({ testTimeout: 60_000 });

const HELPER = join(import.meta.dirname, 'hosts-helper.ts');
const OLD = '127.0.0.1 localhost\n';
const good = {
  action: 'put',
  id: '0a1b2c3d',
  known: ['127.0.0.1 shop.localhost'],
  entries: [{ name: 'shop.localhost', address: '127.0.0.1' }],
};

function run(plan: object, { test = '1', hash = '' } = {}) {
  const folder = temporaryFolder();
  const file = join(folder, 'hosts');
  writeFileSync(file, OLD);
  const path = join(folder, 'plan.json');
  const bytes = Buffer.from(JSON.stringify({ file, expected: stampOf(Buffer.from(OLD)), ...plan }));
  writeFileSync(path, bytes);
  const args = [HELPER, 'apply', '--file', file, '--plan', path, '--plan-hash', hash || hashOf(bytes)];
  let out: string;
  try {
    out = execFileSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ORION_HOSTS_HELPER_TEST: test },
      stdio: 'pipe',
    });
  } catch (error) {
    out = (error as { stdout: string }).stdout;
  }
  return { answer: JSON.parse(out) as { ok: boolean; message?: string }, text: readFileSync(file, 'utf8') };
}

it('writes the block of a plan', () => {
  const { answer, text } = run(good);

  expect(answer).toMatchObject({ ok: true });
  expect(text).toMatch(
    /^127\.0\.0\.1 localhost\n# >>> Orion[^\n]+\n127\.0\.0\.1 shop\.localhost\n# <<< Orion[^\n]+\n$/,
  );
});

it.each([
  ['a plan that was swapped', good, { hash: 'f'.repeat(64) }, 'its hash is another'],
  ["a file that is not the system's", good, { test: '' }, "is not the system's hosts file"],
  ['a plan for another file', { ...good, file: '/etc/passwd' }, {}, 'The plan is for /etc/passwd'],
  ['a file that was changed since', { ...good, expected: 'a'.repeat(64) }, {}, 'was changed by another program'],
])('refuses %s', (_what, plan, options, message) => {
  const { answer, text } = run(plan, options);

  expect(answer).toMatchObject({ ok: false, message: expect.stringContaining(message) });
  expect(text).toBe(OLD);
});

it.each([
  [
    'another address',
    { ...good, entries: [{ name: 'bank.example', address: '10.0.0.1' }] },
    'not a name on a loopback',
  ],
  [
    'a name with a line break',
    { ...good, entries: [{ name: 'a\n10.0.0.1 b', address: '127.0.0.1' }] },
    'not a name on',
  ],
  ['a name that is none', { ...good, entries: [{ name: '-x-', address: '127.0.0.1' }] }, 'not a name on'],
  ['too many names', { ...good, entries: Array(20_001).fill(good.entries[0]) }, 'or too many'],
  ['an action that it does not know', { ...good, action: 'run' }, 'no action that is known'],
])('refuses a plan with %s', (_what, plan, message) => {
  const bytes = Buffer.from(JSON.stringify({ file: '/etc/hosts', expected: 'none', ...plan }));

  expect(() => readPlan(bytes, hashOf(bytes))).toThrow(message);
});

it('runs from a copy where the program itself lies in an AppImage', async () => {
  const dataDir = temporaryFolder();

  const { program, helper } = await helperPlace(dataDir, { APPIMAGE: '/home/me/orion.AppImage' });

  expect([program.startsWith(dataDir), helper.startsWith(dataDir)]).toEqual([true, true]);
  expect(() => execFileSync(program, [helper], { encoding: 'utf8', stdio: 'pipe' })).toThrow(
    expect.objectContaining({ stdout: expect.stringContaining('Usage: hosts-helper.ts apply') }),
  );
  expect((await helperPlace(dataDir, {})).program).toBe(process.execPath);
});
