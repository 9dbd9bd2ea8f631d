/** `npm start` itself: a window where there can be one, else the server alone with one line that says why. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from './support/runtime.ts';
import { cleanEnvironment, type Folders, isAlive } from './support/shell.ts';
import { expect, test } from './support/test.ts';

/** `npm start` without npm: its script, with the flags behind `--`. */
interface Started {
  readonly child: ChildProcess;
  /** Both outputs so far. */
  readonly printed: () => { readonly out: string; readonly err: string };
}

const running: ChildProcess[] = [];

/** What a failed test has left. */
test.afterEach(async () => {
  for (const child of running.splice(0)) if (child.exitCode === null && child.signalCode === null) await end(child);
});

/** The window's own state goes below the test's folder as well. */
function npmStart(folders: Folders, env: Readonly<Record<string, string>>, flags: readonly string[] = []): Started {
  const usual = ['--data-dir', folders.data, '--port', '0', '--fixtures', 'none', ...flags];
  const child = spawn(process.execPath, ['build/start.mjs', ...usual], {
    cwd: projectRoot,
    env: { ...cleanEnvironment(), DISPLAY: '', WAYLAND_DISPLAY: '', XDG_CONFIG_HOME: folders.profile, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    printed.err += text;
  });
  return { child, printed: () => printed };
}

async function serverPid({ data }: Folders): Promise<number> {
  const file = join(data, 'server.json');
  await expect.poll(() => existsSync(file), { timeout: 60_000 }).toBe(true);
  return JSON.parse(readFileSync(file, 'utf8')).pid;
}

/** Ctrl-C, as far as one process is concerned; resolves with the exit code. */
async function end(child: ChildProcess): Promise<unknown> {
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  return (await exited)[0];
}

const reasonLines = ({ printed }: Started) => printed().err.match(/^No desktop window.*$/gm) ?? [];

test.skip(process.platform !== 'linux', 'Only here can a display be taken away and a signal be sent.');

test('without a display it says so in one line, serves, and prints the sign-in link', async ({ folders }) => {
  const started = npmStart(folders, {});
  const pid = await serverPid(folders);

  await expect.poll(() => started.printed().out).toContain('/sign-in?token=');
  expect(reasonLines(started)).toEqual([expect.stringContaining('because there is no display')]);
  expect(await end(started.child)).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test('without an Electron it says so in one line and serves', async ({ folders }) => {
  const started = npmStart(folders, { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: folders.profile });
  const pid = await serverPid(folders);

  expect(reasonLines(started)).toEqual([expect.stringContaining(`${folders.profile}, which has no Electron`)]);
  expect(await end(started.child)).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test('where Electron cannot open a window it says so in one line and serves', async ({ folders, machine }) => {
  const nowhere = { DISPLAY: ':987', ELECTRON_OVERRIDE_DIST_PATH: dirname(machine.program) };
  const started = npmStart(folders, nowhere);
  const pid = await serverPid(folders);

  expect(reasonLines(started)).toEqual([expect.stringContaining('because Electron could not open it')]);
  expect(await end(started.child)).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test('with --browser or --json there is no window and no word about it', async ({ folders }) => {
  const started = npmStart(folders, { DISPLAY: ':0' }, ['--browser', '--json']);
  await serverPid(folders);

  await expect.poll(() => started.printed().out).toMatch(/^\{"event":"ready".*\}\n$/);
  expect(reasonLines(started)).toEqual([]);
  expect(await end(started.child)).toBe(0);
});

test('it opens the window, prints the addresses as well, and Ctrl-C ends both', async ({ folders, machine }) => {
  const env = { ...machine.env, ELECTRON_OVERRIDE_DIST_PATH: dirname(machine.program) };
  const started = npmStart(folders, env);
  const pid = await serverPid(folders);

  await expect.poll(() => started.printed().out).toContain('/sign-in?token=');
  // Only a window asks for the console by itself.
  await expect.poll(() => started.printed().err).toMatch(/GET admin\.localhost:\d+\/sign-in\?token=… 200/);
  expect(reasonLines(started)).toEqual([]);
  expect(await end(started.child)).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test('a second one shows the window of the first and ends well', async ({ folders, machine }) => {
  const env = { ...machine.env, ELECTRON_OVERRIDE_DIST_PATH: dirname(machine.program) };
  const first = npmStart(folders, env);
  const pid = await serverPid(folders);

  const second = npmStart(folders, env);
  expect(await once(second.child, 'exit')).toEqual([0, null]);
  expect(second.printed().err).toContain('Orion Studio is open already');
  expect(isAlive(pid)).toBe(true);

  expect(await end(first.child)).toBe(0);
});
