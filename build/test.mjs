/**
 * `npm test`: installs what is missing, then runs every check in order and stops at the first that fails.
 *
 * `npm test -- unit imports` runs only the named ones. The last line is always `N passed, N failed`, for programs to read.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildElectron } from './build-electron.mjs';
import { buildRenderer } from './build-renderer.mjs';
import { ensureElectronForTests, virtualDisplay } from './electron-runtime.mjs';
import { ensureCertutil } from './ensure-certutil.mjs';
import { ensureChromium } from './ensure-chromium.mjs';
import { ensureHeadlessShell } from './ensure-headless-shell.mjs';
import { ensureInstalled } from './install.mjs';
import { runOnProjectNode } from './run.mjs';

const playwright = 'node_modules/@playwright/test/cli.js';

/** Name, the tool's entry, its arguments, and which report to count. `report` is the path the tool writes it to. */
const steps = [
  { name: 'types', entry: 'node_modules/typescript/bin/tsc', args: () => ['-p', '.', '--noEmit'] },
  { name: 'types-renderer', entry: 'node_modules/typescript/bin/tsc', args: () => ['-p', 'renderer', '--noEmit'] },
  { name: 'lint', entry: 'node_modules/@biomejs/biome/bin/biome', args: () => ['ci', '.', ...biomeFlags()] },
  { name: 'imports', entry: 'build/check-imports.ts', args: () => [] },
  { name: 'unit', entry: 'node_modules/vitest/vitest.mjs', args: vitestArgs('unit'), count: countVitest },
  { name: 'integration', entry: 'node_modules/vitest/vitest.mjs', args: vitestArgs('integration'), count: countVitest },
  { name: 'e2e', entry: playwright, args: () => ['test', '--project=chromium'], count: countPlaywright },
  ...otherBackends().map((backend) => ({
    name: `e2e-${backend.replace('/', '-')}`,
    entry: playwright,
    args: () => ['test', '--project=chromium', ...storeJourneys()],
    count: countPlaywright,
    env: { ORION_TEST_BACKEND: backend },
  })),
  {
    name: 'electron',
    entry: playwright,
    args: () => ['test', '--project=electron'],
    count: countPlaywright,
    needsDisplay: true,
  },
];

/** The step `e2e` runs on the default one, sqlite/database. */
function otherBackends() {
  return ['sqlite/row', 'postgres/row', 'postgres/schema', 'postgres/database'];
}

/**
 * What reads and writes the stores' own data most. All of it on one of them, by hand:
 * `ORION_TEST_BACKEND=postgres/schema npm test -- e2e`.
 */
function storeJourneys() {
  return ['search', 'stores', 'dashboard', 'console-journeys'].map((name) => `e2e/browser/${name}`);
}

/** What git ignores (test-results above all) is not checked; `biome ci` colours every character, also in a file. */
function biomeFlags() {
  const ignored = ['--vcs-enabled=true', '--vcs-client-kind=git', '--vcs-use-ignore-file=true'];
  return process.stdout.isTTY ? ignored : [...ignored, '--colors=off'];
}

function vitestArgs(project) {
  return (report) => [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
}

function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

function countPlaywright({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** Runs one step; a step that fails without naming a test counts as one failure, so that the last line cannot hide it. */
async function runStep(step, folder, env) {
  const report = join(folder, `${step.name}.json`);
  const began = Date.now();
  process.stdout.write(`\n${heading(`── ${step.name} ──`)}\n`);
  const code = await runOnProjectNode(step.entry, step.args(report), {
    env: { ...env, ...step.env, ORION_TEST_REPORT: report },
    below: step.needsDisplay ? virtualDisplay() : [],
  });
  const counts = step.count ? readCounts(step, report) : { passed: 0, failed: 0, skipped: 0 };
  const isGood = code === 0 && counts !== undefined && counts.failed === 0;
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 };
  const result = { name: step.name, code: isGood ? 0 : code || 1, seconds: (Date.now() - began) / 1000 };
  if (code === 0 && !counts) process.stdout.write(`${step.name} ended well but left no report to count.\n`);
  process.stdout.write(`${step.name}: ${isGood ? 'ok' : 'FAILED'} (${result.seconds.toFixed(1)} s)\n`);
  return { ...result, passed, failed: isGood ? 0 : Math.max(failed, 1), skipped };
}

function readCounts(step, report) {
  try {
    return step.count(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return undefined;
  }
}

function printSummary(results, left) {
  process.stdout.write(`\n${heading('── summary ──')}\n`);
  for (const { name, code, seconds, passed, failed, skipped } of results) {
    const tests =
      passed + skipped > 0 ? `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}` : '';
    const line = `${name.padEnd(22)} ${code === 0 ? 'ok    ' : 'FAILED'} ${seconds.toFixed(1).padStart(7)} s  ${tests}`;
    process.stdout.write(`${line.trimEnd()}\n`);
  }
  for (const { name } of left) process.stdout.write(`${name.padEnd(22)} not run\n`);
  const failing = results.find(({ code }) => code !== 0);
  if (failing) process.stdout.write(`Stopped at "${failing.name}". Again, alone: npm test -- ${failing.name}\n`);
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  const skipped = total('skipped');
  process.stdout.write(
    `${total('passed')} passed, ${total('failed')} failed${skipped ? `, ${skipped} skipped` : ''}\n`,
  );
}

/** The named steps in their usual order; ends the process with 2 when there is no such step. */
function chooseSteps(names) {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `No such step: ${unknown.join(', ')}. The steps: ${steps.map(({ name }) => name).join(', ')}\n`,
    );
    process.exit(2);
  }
  return names.length > 0 ? steps.filter(({ name }) => names.includes(name)) : steps;
}

/** Builds and finds what the steps need; returns where it is, for their environment. Without Electron its tests say so. */
async function prepare(names) {
  const env = {};
  const needsChromium = [...names].some((name) => name.startsWith('e2e'));
  if (needsChromium || names.has('unit')) ensureCertutil();
  if (needsChromium || names.has('electron')) await buildRenderer();
  if (needsChromium) {
    const shell = ensureHeadlessShell();
    if (shell) env.ORION_HEADLESS_SHELL = shell;
    env.ORION_CHROMIUM = (await ensureChromium()).executablePath;
  }
  if (names.has('electron')) {
    await buildElectron();
    env.ORION_ELECTRON = JSON.stringify(await ensureElectronForTests());
  }
  return env;
}

function heading(text) {
  return process.stdout.isTTY ? `\x1b[1m${text}\x1b[0m` : text;
}

const chosen = chooseSteps(process.argv.slice(2));
await ensureInstalled();
const env = await prepare(new Set(chosen.map(({ name }) => name)));
const folder = mkdtempSync(join(tmpdir(), 'orion-test-'));
const results = [];
try {
  for (const step of chosen) {
    results.push(await runStep(step, folder, env));
    if (results.at(-1).code !== 0) break;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
printSummary(results, chosen.slice(results.length));
process.exitCode = results.at(-1).code;
