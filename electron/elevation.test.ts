import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { describeEnd, type Elevator, type ProgramEnd, runElevated, systemElevator } from './elevation.ts';
import { Rights } from './rights.ts';

const ended = (message: string, code: number, stderr = ''): ProgramEnd => ({
  error: Object.assign(new Error(message), { code }),
  stdout: '',
  stderr,
});
const DENIED = 'User did not grant permission.';

describe('describeEnd', () => {
  it.each([
    ['done', { error: null, stdout: 'first\n6 names written\n', stderr: '' }, '6 names written'],
    ['cancelled', ended(DENIED, 126), 'Nothing was changed'],
    ['cancelled', ended(DENIED, 127, 'Error executing command as another user: Not authorized'), 'Nothing was changed'],
    ['unavailable', ended(DENIED, 127, 'Error getting authority: no bus'), 'no bus'],
    ['unavailable', ended('No polkit authentication agent found.', 127), 'polkit agent'],
    ['unavailable', ended('Unable to find pkexec or kdesudo.', 1), 'terminal'],
    ['failed', ended('Command failed: x', 3, 'The file has changed.\n'), 'The file has changed.'],
  ] as const)('tells %s', (outcome, end, words) => {
    const result = describeEnd(end, 'linux');
    expect(result.outcome).toBe(outcome);
    expect(result.message).toContain(words);
  });

  it('takes a refusal for a refusal where the system says no more', () => {
    expect(describeEnd(ended(DENIED, 127), 'darwin').outcome).toBe('cancelled');
  });
});

describe('runElevated', () => {
  const elevator = (changes: Partial<Elevator>): Elevator => ({
    platform: 'linux',
    isAdministrator: false,
    runDirectly: vi.fn(),
    runAsking: vi.fn(async () => ({ error: null, stdout: '', stderr: '' })),
    ...changes,
  });

  it('asks the system with one quoted line', async () => {
    const asking = elevator({});
    expect((await runElevated({ program: '/a b', args: ['c'] }, asking)).outcome).toBe('done');
    expect(asking.runAsking).toHaveBeenCalledWith("'/a b' 'c'");
  });

  it('asks nobody when a path cannot be written safely', async () => {
    const asking = elevator({});
    expect((await runElevated({ program: '/a', args: ['$(id)'] }, asking)).outcome).toBe('unavailable');
    expect(asking.runAsking).not.toHaveBeenCalled();
  });

  it('runs the program itself where the rights are there, with arguments of any letters', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'orion-rights-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'it’s $(here) "now"');
    const real = { ...systemElevator(''), isAdministrator: true };
    const code = 'require("node:fs").writeFileSync(process.argv[1], "written"); console.log("1 file written")';

    const command = { program: process.execPath, args: ['-e', code, file] };
    expect(await runElevated(command, real)).toEqual({ outcome: 'done', message: '1 file written' });
    expect(readFileSync(file, 'utf8')).toBe('written');
    const failing = { program: process.execPath, args: ['-e', 'console.error("it is read-only"); process.exit(3)'] };
    expect(await runElevated(failing, real)).toEqual({ outcome: 'failed', message: 'it is read-only' });
    expect((await runElevated({ program: join(folder, 'none'), args: [] }, real)).outcome).toBe('failed');
  });
});

describe('Rights', () => {
  it('refuses what is no id, and what the server does not know', async () => {
    const rights = new Rights({ commandOf: async () => null, elevator: () => systemElevator('') });
    await expect(rights.run('/bin/sh -c id')).rejects.toThrow('named by its id');
    await expect(rights.run({ program: '/bin/sh' })).rejects.toThrow('named by its id');
    expect((await rights.run('b2c0')).outcome).toBe('failed');
  });

  it('shows one dialog at a time', async () => {
    const { promise, resolve } = Promise.withResolvers<ProgramEnd>();
    const rights = new Rights({
      commandOf: async () => ({ program: '/a', args: [] }),
      elevator: () => ({ ...systemElevator(''), platform: 'linux', isAdministrator: false, runAsking: () => promise }),
    });
    const first = rights.run('one');
    expect((await rights.run('two')).message).toContain('asking already');
    resolve({ error: null, stdout: '', stderr: '' });
    expect((await first).outcome).toBe('done');
  });
});
