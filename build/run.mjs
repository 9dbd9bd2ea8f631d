/** Runs an entry of the project on the Node it pins, whatever Node the user has, and behaves as if it were that process. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, nodeBinary, projectRoot } from './install.mjs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const nodeFlags = ['--disable-warning=ExperimentalWarning'];

/**
 * Installs what is missing, then runs the entry and takes over its exit code.
 *
 * @param {string} entry path below the project's root
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, env?: NodeJS.ProcessEnv }} [options] quiet: see ensureInstalled
 */
export async function launch(entry, args, { quiet = false, env } = {}) {
  await ensureInstalled({ quiet });
  process.exitCode = await runOnProjectNode(entry, args, { env });
}

/**
 * Runs the entry with this terminal's input and output; resolves with its exit code, 128 + n when signal n ended it.
 *
 * A signal sent to this process is passed on. Ctrl-C reaches the whole process group, so the child may see it twice.
 *
 * @param {string} entry path below the project's root
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, below?: readonly string[] }} [options] env: added to this process's environment;
 *   below: a command that is to run Node, such as `xvfb-run`, with its own arguments
 * @returns {Promise<number>}
 */
export async function runOnProjectNode(entry, args, { env, below = [] } = {}) {
  const [program, ...all] = [...below, nodeBinary, ...nodeFlags, join(projectRoot, entry), ...args];
  const { code, error } = await runProgram(program, all, { env });
  if (error) process.stderr.write(`Cannot run ${program}: ${error.message}\nDelete node_modules and try again.\n`);
  return code;
}

/**
 * Runs any program as runOnProjectNode does.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, hasWindow?: boolean }} [options] env: added to this process's environment;
 *   hasWindow: it is no console program
 * @returns {Promise<{ code: number, signal?: NodeJS.Signals, error?: Error }>} error: it could not be run at all
 */
export async function runProgram(program, args, { env, hasWindow = false } = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: 'inherit' });
  const stopPassing = passSignals(child, hasWindow);
  const stopWatching = endWithNpm(child);
  try {
    return await new Promise((resolve) => {
      child.on('error', (error) => resolve({ code: 1, error }));
      child.on('exit', (code, signal) => {
        resolve(signal ? { code: 128 + constants.signals[signal], signal } : { code: code ?? 1 });
      });
    });
  } finally {
    stopPassing();
    stopWatching();
  }
}

/**
 * Runs the entry and keeps back what it writes.
 *
 * @param {string} entry path below the project's root
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runQuietly(entry, args) {
  return new Promise((resolve) => {
    const command = [...nodeFlags, join(projectRoot, entry), ...args];
    const env = { ...process.env, NO_COLOR: '1' };
    const child = spawn(nodeBinary, command, { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stopPassing = passSignals(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', (error) => {
      output += `${error.message}\n`;
    });
    child.on('close', (code, signal) => {
      stopPassing();
      // Interrupted: this process ends as it would have without a child.
      if (signal) process.exit(128 + constants.signals[signal]);
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * Windows gives Ctrl-C to every process of the console itself, and there `kill` would end the child without a word. A program
 * with a window is not part of the console: that one is ended.
 */
function passSignals(child, hasWindow = false) {
  const pass = (signal) => {
    if (process.platform !== 'win32' || hasWindow) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}

/**
 * Ends the child when npm was killed: npm hands SIGTERM to the shell it started, and many shells die of it alone.
 *
 * Only below npm, whose shell never ends before this process on its own; elsewhere an orphan may be wanted (`nohup`).
 */
function endWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 500);
  return () => clearInterval(timer);
}
