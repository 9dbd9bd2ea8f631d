/** The console's screen of requests with many recorded rows, in Chromium, beside the same screen with few. */
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { openRequestFile } from '../../server/database/request-file.ts';
import { buildConsole, FIRST_ROW, openPage, signIn, withBrowser } from './bench-console-browser.ts';
import {
  type Frames,
  MOTIONS,
  type Motion,
  measureRound,
  ROUNDS,
  type Round,
  TOLERATED_PERCENT,
  textOf,
} from './bench-console-scroll.ts';
import type { BenchRun } from './bench-run.ts';
import { orionServer } from './candidates.ts';
import { changeInspector } from './change-inspector.ts';
import { type ServerProcess, startServer } from './child.ts';
import { turnedBy, versus } from './compare.ts';
import { recorderOf } from './made-up-traces.ts';
import type { ResultRow } from './report.ts';
import { median, roundsText } from './statistics.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

/** Typed into the filter, a letter after the other: every letter asks for another list. */
const TYPED = 'stoneware-no-12';
const KEY_EVERY_MS = 80;
/** The same work a frame, but for what rounds differ by. */
const MAX_WORK_RATIO = 1.25;
const FILTER = 'Text in method, host or path';
const GRID = '[role="grid"][aria-label="Requests"]';

const LIST_MOTIONS: readonly { readonly name: string; readonly move: Motion }[] = [
  ...MOTIONS.map(({ name, move }) => ({ name: `scrolled, ${name}`, move })),
  { name: 'typing a filter', move: typeFilter },
];

/** Frames and long tasks of the screen while it is scrolled and filtered. */
export function benchRequestsScreen(run: BenchRun): Promise<ResultRow[]> {
  const [few, many] = run.isQuick ? [1000, 3000] : [1000, 100_000];
  buildConsole();
  return withTemporaryFolder(async (folder) => {
    const servers: ServerProcess[] = [];
    try {
      for (const count of [many, few]) {
        run.log(`Recording ${count} requests`);
        servers.push(await serverWith(join(folder, String(count)), count));
      }
      return await withBrowser((browser) => benchPages(run, browser, servers, [many, few]));
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  });
}

/** A server that has kept so many requests from an earlier run. */
async function serverWith(dataDir: string, count: number): Promise<ServerProcess> {
  const first = await startServer(orionServer({ dataDir }));
  await changeInspector(first, dataDir, { keepAcrossRestarts: true });
  await first.stop();
  const file = openRequestFile(join(dataDir, 'requests.sqlite'), Number.MAX_SAFE_INTEGER, (_movedTo, reason) => {
    throw new Error(`the file of kept requests cannot be read: ${reason}`);
  });
  file.clear();
  const recorded = recorderOf(count).between(1, count) ?? [];
  file.append(
    recorded.map((request) => ({
      sequence: request.sequence,
      requestId: request.requestId,
      summary: JSON.stringify(request),
      detail: null,
    })),
  );
  file.close();
  // Room for the console's own requests, so that no row goes while rows are counted.
  const env = { ORION_TRACE_REQUESTS: String(count + 10_000) };
  return startServer({ ...orionServer({ dataDir }), env });
}

async function benchPages(
  run: BenchRun,
  browser: Browser,
  servers: readonly ServerProcess[],
  counts: readonly number[],
): Promise<ResultRow[]> {
  const lists: { readonly count: number; readonly page: Page; rounds: Round[] }[] = [];
  for (const [index, server] of servers.entries()) {
    const page = await openPage(browser);
    await signIn(page, server);
    await page.goto(`http://admin.localhost:${server.port}/requests`);
    await page.locator(FIRST_ROW).first().waitFor({ state: 'attached' });
    lists.push({ count: counts[index] ?? 0, page, rounds: [] });
  }
  const rows: ResultRow[] = [];
  for (const { name, move } of LIST_MOTIONS) {
    for (const list of lists) list.rounds = [];
    // The first round only warms up; a quick run is over before it is warm.
    for (let round = run.isQuick ? 0 : -1; round < (run.isQuick ? 1 : ROUNDS); round += 1) {
      for (const { count, page, rounds } of turnedBy(lists, Math.abs(round))) {
        const measured = await measureRound(page, move);
        run.log(`${count} rows, ${name}: ${textOf(measured)}, ${measured.blockedMs.toFixed(0)} ms/s of long tasks`);
        if (round >= 0) rounds.push(measured);
      }
    }
    const [many, few] = lists.map(({ rounds }) => rounds);
    rows.push(...rowsOf(`${counts[0]} rows, ${name}`, many ?? [], few ?? [], `${counts[1]} rows`));
  }
  return rows;
}

/** Types a filter and takes it away again, until the list is as it was. */
async function typeFilter(page: Page): Promise<Frames> {
  const field = page.getByRole('textbox', { name: FILTER });
  const rows = await page.locator(GRID).getAttribute('aria-rowcount');
  await field.focus();
  await page.evaluate('bench.startFrames(true)');
  await field.pressSequentially(TYPED, { delay: KEY_EVERY_MS });
  for (const _letter of TYPED) await field.press('Backspace', { delay: KEY_EVERY_MS });
  await page.locator(`${GRID}[aria-busy="false"][aria-rowcount="${rows}"]`).waitFor();
  return page.evaluate<Frames>('bench.stopFrames()');
}

function rowsOf(name: string, many: readonly Round[], few: readonly Round[], baseline: string): ResultRow[] {
  const all = (rounds: readonly Round[], key: keyof Round) => rounds.map((round) => round[key]);
  const middle = (rounds: readonly Round[], key: keyof Round) => median(all(rounds, key));
  const both = (key: keyof Round, digits: number) =>
    `${roundsText(all(many, key), digits)}; with ${baseline} ${roundsText(all(few, key), digits)}`;
  return [
    {
      name: `${name}: dropped frames`,
      value: middle(many, 'droppedPercent'),
      unit: '%',
      baseline: { name: baseline, value: middle(few, 'droppedPercent') },
      aim: { of: 'value', atMost: middle(few, 'droppedPercent') + TOLERATED_PERCENT },
      note: `rounds ${both('droppedPercent', 1)}; 95th percentile of a frame in ms ${both('p95Ms', 1)}`,
    },
    {
      ...versus(`${name}: work a frame`, 'ms', all(many, 'workMs'), all(few, 'workMs'), baseline),
      aim: { of: 'ratio', atMost: MAX_WORK_RATIO },
    },
    {
      name: `${name}: long tasks`,
      value: middle(many, 'blockedMs'),
      unit: 'ms/s',
      baseline: { name: baseline, value: middle(few, 'blockedMs') },
      note: `rounds ${both('blockedMs', 0)}`,
    },
  ];
}
