/**
 * Installs the project's packages when they are missing or out of date, so that one command is enough on a fresh clone.
 *
 * Runs before node_modules exists: plain JavaScript without dependencies, for Node 20 and later on every system.
 * Writes to standard error alone; standard output belongs to the program that starts afterwards.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { acquireLock, claimLock, releaseLock } from './install-lock.mjs';
import { projectRoot, readText, say } from './project.mjs';

export { projectRoot } from './project.mjs';

/** The Node binary the project pins; the real file, since the launcher in .bin is a .cmd on Windows. */
export const nodeBinary = join(
  projectRoot,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

const oldestNode = 20;
const modules = join(projectRoot, 'node_modules');
const stampFile = join(modules, '.orion-installed');
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Makes sure node_modules holds what package-lock.json names; returns at once when it does.
 *
 * Ends the process, with a sentence on standard error, when it cannot: 1, or 128 + the signal that interrupted it.
 * @param {{ quiet?: boolean }} [options] quiet: only the line that an installation begins, and errors
 */
export async function ensureInstalled({ quiet = false } = {}) {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    fail(
      `Orion Studio needs Node ${oldestNode} or later; this is Node ${process.versions.node}. See https://nodejs.org/`,
    );
  }
  if (!whyStale()) return;
  const run = watchSignals();
  try {
    await acquireLock(run);
    const why = whyStale();
    if (why && !run.signal) await install(why, quiet, run);
  } catch (error) {
    if (!run.signal) run.failure = describe(error);
  } finally {
    run.release();
  }
  if (run.signal) process.exit(128 + constants.signals[run.signal]);
  if (run.failure) fail(run.failure);
}

/** Says why an installation is needed; undefined when it is not. */
function whyStale() {
  if (!existsSync(modules)) return 'first start';
  if (!existsSync(nodeBinary)) return 'the pinned Node is missing';
  if (readText(stampFile) === stamp()) return undefined;
  if (npmInstalledTheLock()) {
    rememberInstalled();
    return undefined;
  }
  return existsSync(stampFile) ? 'package-lock.json has changed' : 'the last installation is not complete';
}

/** A folder that cannot be written is no reason to refuse a start: the next one compares again. */
function rememberInstalled() {
  try {
    writeFileSync(stampFile, stamp());
  } catch {
    // compared again next time
  }
}

/** What the stamp file holds after a good installation: native packages tie it to one system as well. */
function stamp() {
  const lock = readText(join(projectRoot, 'package-lock.json')).replaceAll('\r\n', '\n');
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}

/**
 * Whether someone ran npm by hand, so that there is nothing left to do.
 *
 * npm writes node_modules/.package-lock.json as the last step of an installation, with what it really put there.
 */
function npmInstalledTheLock() {
  const wanted = packagesOf(join(projectRoot, 'package-lock.json'));
  const present = packagesOf(join(modules, '.package-lock.json'));
  const paths = Object.keys(wanted).filter((path) => path !== '');
  return (
    paths.length > 0 &&
    Object.keys(present).length > 0 &&
    paths.every((path) =>
      present[path]
        ? present[path].version === wanted[path].version && present[path].integrity === wanted[path].integrity
        : wanted[path].optional === true,
    )
  );
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

async function install(why, quiet, run) {
  say(`Installing the project's packages from npm into node_modules (${why}) ...`);
  rmSync(stampFile, { force: true });
  const began = Date.now();
  let result = await runNpm(installVerb(), quiet, run);
  if (result.code !== 0 && !run.signal && /EUSAGE|in sync|existing package-lock/.test(result.output)) {
    say(
      'package-lock.json does not match package.json, so "npm ci" refuses; running "npm install", which corrects it.',
    );
    result = await runNpm('install', quiet, run);
  }
  if (run.signal) return;
  if (result.code !== 0) {
    run.failure = explainNpm(result.output);
  } else if (!existsSync(nodeBinary)) {
    run.failure = `npm did not put the pinned Node in place; it comes from an install script. If "npm config get ignore-scripts" says true, run: npm rebuild node --ignore-scripts=false (in ${projectRoot})`;
  } else {
    rememberInstalled();
    if (!quiet) say(`Installed in ${seconds(began)} s.`);
  }
}

/** `npm ci` removes everything first, which Windows forbids while this very process runs on the pinned Node. */
function installVerb() {
  return process.platform === 'win32' && process.execPath.startsWith(modules) ? 'install' : 'ci';
}

/** Runs npm and resolves with its exit code and everything it wrote. */
async function runNpm(verb, quiet, run) {
  const { command, args, shell } = npmCommand();
  const flags = [verb, '--include=dev', '--no-audit', '--no-fund', '--no-progress'];
  const child = spawn(command, [...args, ...flags], {
    cwd: projectRoot,
    env: outsideModules(process.env),
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // a process group of its own, which stopNpm can end as a whole
  });
  run.child = child;
  if (child.pid) claimLock([process.pid, child.pid]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const stopProgress = showProgress(quiet);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += `${error.message}\n`;
      resolve(1);
    });
    child.on('close', resolve);
  });
  run.child = undefined;
  stopProgress();
  return { code, output };
}

/** npm's own script on the Node that runs it when npm started this process, else the `npm` on the PATH. */
function npmCommand() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script && basename(script) === 'npm-cli.js' && existsSync(script)) {
    const ownNode = node && !node.startsWith(modules) && existsSync(node) ? node : undefined;
    if (ownNode) return { command: ownNode, args: [script], shell: false };
  }
  const isWindows = process.platform === 'win32';
  return { command: isWindows ? 'npm.cmd' : 'npm', args: [], shell: isWindows };
}

/** npm scripts see node_modules/.bin first on the PATH; npm must not run on a Node that it is about to remove. */
function outsideModules(env) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = (env[name] ?? '').split(delimiter).filter((folder) => !folder.startsWith(modules));
  return { ...env, [name]: folders.join(delimiter) };
}

/** A spinner with the seconds on a terminal, a line now and then elsewhere. Returns the function that ends it. */
function showProgress(quiet) {
  const began = Date.now();
  const { isTTY } = process.stderr;
  if (quiet && !isTTY) return () => {};
  const frames = '|/-\\';
  let turn = 0;
  const tick = () => {
    if (isTTY) process.stderr.write(`\r${frames[turn++ % frames.length]} installing, ${seconds(began)} s `);
    else say(`  still installing, ${seconds(began)} s`);
  };
  const timer = setInterval(tick, isTTY ? 120 : 10_000);
  return () => {
    clearInterval(timer);
    if (isTTY) process.stderr.write('\r\x1b[K');
  };
}

/** The end of npm's output and what to do about it. */
function explainNpm(output) {
  const tail = output
    .trimEnd()
    .split(/\r?\n/)
    .slice(-20)
    .map((line) => `  ${line}`);
  return ['npm could not install the packages. The end of its output:', ...tail, adviceFor(output)].join('\n');
}

function adviceFor(output) {
  if (/\b407\b|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_/.test(output)) {
    return 'A proxy stands between this machine and the registry: set HTTPS_PROXY with its sign-in, or NODE_EXTRA_CA_CERTS to its certificate, then try again.';
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|EHOSTUNREACH/.test(output)
  ) {
    return 'The registry cannot be reached: this machine is offline, or it needs a proxy (set HTTPS_PROXY). Try again once "npm ping" answers.';
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return `This user may not write to ${modules} or to npm's cache ("npm config get cache"): make both yours, and close programs that use them.`;
  }
  if (/ENOSPC/.test(output)) return 'The disk is full: free some space, then try again.';
  return `To see everything, run "npm ci" in ${projectRoot}.`;
}

/** Remembers the first signal and stops npm, so that the lock is released before the process ends. */
function watchSignals() {
  const run = { signal: undefined, failure: undefined, child: undefined, ownsLock: false, release: () => {} };
  const stop = (signal) => {
    if (!run.signal) say('\nStopping the installation; the next start does it again.');
    run.signal ??= signal;
    if (run.child) stopNpm(run.child);
  };
  for (const signal of signals) process.on(signal, stop);
  run.release = () => {
    for (const signal of signals) process.off(signal, stop);
    if (run.ownsLock) releaseLock();
  };
  return run;
}

/** Kills npm with all it started: asked politely it goes on for many seconds, and the next `npm ci` starts from nothing. */
function stopNpm(child) {
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ended meanwhile
  }
}

function describe(error) {
  return ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error.code)
    ? `Cannot write to ${projectRoot}. ${adviceFor(error.code)} (${error.message})`
    : `The installation failed: ${error.message}`;
}

function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}

function fail(message) {
  say(message);
  process.exit(1);
}
