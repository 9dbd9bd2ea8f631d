import type { CDPSession, Page } from '@playwright/test';
import { BASELINE_URL, FIRST_ROW } from './bench-console-browser.ts';
import type { BenchRun } from './bench-run.ts';
import type { ResultRow } from './report.ts';
import { median, percentile, roundsText } from './statistics.ts';

/** One and a half frames at 60 frames a second: after a longer one, a frame was dropped. */
const LONG_FRAME_MS = 25;
/** Dropped frames beyond those of the baseline that chance makes on a shared machine, in percent of all frames. */
export const TOLERATED_PERCENT = 1;
const WHEEL = { distance: 12_000, pixelsPerSecond: 6000 };
const DRAG_MS = 2000;
export const ROUNDS = 7;

export interface ScrolledList {
  readonly name: string;
  readonly url: string;
}

/** What console-page/measure.js saw. */
export interface Frames {
  /** Milliseconds between frames. */
  readonly intervals: readonly number[];
  /** In how many frames a row was still loading. */
  readonly loading: number;
  /** Milliseconds of every task of the page that took 50 or more. */
  readonly longTasks: readonly number[];
  /** How long it looked. */
  readonly ms: number;
}

export interface Round {
  readonly droppedPercent: number;
  readonly p95Ms: number;
  readonly loadingPercent: number;
  /** Processor time of the page's main thread a frame: what it costs whatever else the machine does. */
  readonly workMs: number;
  /** Milliseconds of tasks that took 50 or more, a second. */
  readonly blockedMs: number;
}

export type Motion = (page: Page, session: CDPSession) => Promise<Frames>;

export const MOTIONS: readonly { readonly name: string; readonly move: Motion }[] = [
  { name: 'wheel', move: wheel },
  { name: 'drag from end to end', move: (page) => page.evaluate<Frames>(`bench.drag(${DRAG_MS})`) },
];

/** Scrolls a list of the console and the list by hand in turns, and compares the frames that were dropped. */
export async function benchScroll(
  run: BenchRun,
  page: Page,
  baselinePage: Page,
  list: ScrolledList,
): Promise<ResultRow[]> {
  await page.goto(list.url);
  await page.locator(FIRST_ROW).first().waitFor({ state: 'attached' });
  await baselinePage.goto(BASELINE_URL);
  const rows: ResultRow[] = [];
  for (const { name, move } of MOTIONS) {
    const measured: Round[] = [];
    const baselines: Round[] = [];
    // The first round only warms up; a quick run is over before it is warm.
    for (let round = run.isQuick ? 0 : -1; round < (run.isQuick ? 1 : ROUNDS); round += 1) {
      const own = await measureRound(page, move);
      const baseline = await measureRound(baselinePage, move);
      run.log(`${list.name}, ${name}: ${textOf(own)}; by hand: ${textOf(baseline)}`);
      if (round < 0) continue;
      measured.push(own);
      baselines.push(baseline);
    }
    rows.push(...rowsOf(`${list.name}, ${name}`, measured, baselines));
  }
  return rows;
}

/** Moves a list once, from its top. @throws {Error} when no frame was seen */
export async function measureRound(page: Page, move: Motion): Promise<Round> {
  const session = await page.context().newCDPSession(page);
  await page.bringToFront();
  await page.evaluate('bench.toTop()');
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const workBefore = await workMs(session);
  const { intervals, loading, longTasks, ms: lookedMs } = await move(page, session);
  const work = (await workMs(session)) - workBefore;
  await session.detach();
  if (intervals.length === 0) throw new Error(`${page.url()} did not move`);
  const percentOf = (count: number) => (count / intervals.length) * 100;
  return {
    droppedPercent: percentOf(intervals.filter((ms) => ms > LONG_FRAME_MS).length),
    p95Ms: percentile(intervals, 0.95),
    loadingPercent: percentOf(loading),
    workMs: work / intervals.length,
    blockedMs: (1000 * longTasks.reduce((total, ms) => total + ms, 0)) / lookedMs,
  };
}

async function workMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

/** The wheel as the browser itself makes it, from its own process: one step a frame. */
async function wheel(page: Page, session: CDPSession): Promise<Frames> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  await page.evaluate('bench.startFrames()');
  await session.send('Input.synthesizeScrollGesture', {
    x: width / 2,
    y: height / 2,
    yDistance: -WHEEL.distance,
    speed: WHEEL.pixelsPerSecond,
    gestureSourceType: 'mouse',
  });
  return page.evaluate<Frames>('bench.stopFrames()');
}

function rowsOf(name: string, measured: readonly Round[], baselines: readonly Round[]): ResultRow[] {
  const all = (rounds: readonly Round[], key: keyof Round) => rounds.map((round) => round[key]);
  const middle = (rounds: readonly Round[], key: keyof Round) => median(all(rounds, key));
  const list = (rounds: readonly Round[]) => roundsText(all(rounds, 'droppedPercent'), 1);
  const baseline = { name: 'list by hand' };
  return [
    {
      name: `${name}: dropped frames`,
      value: middle(measured, 'droppedPercent'),
      unit: '%',
      baseline: { ...baseline, value: middle(baselines, 'droppedPercent') },
      aim: { of: 'value', atMost: middle(baselines, 'droppedPercent') + TOLERATED_PERCENT },
      note: `rounds ${list(measured)} %, by hand ${list(baselines)} %; 95th percentile of a frame ${middle(measured, 'p95Ms').toFixed(1)} ms, by hand ${middle(baselines, 'p95Ms').toFixed(1)} ms; a row was still loading in ${middle(measured, 'loadingPercent').toFixed(0)} % of the frames`,
    },
    {
      name: `${name}: work a frame`,
      value: middle(measured, 'workMs'),
      unit: 'ms',
      baseline: { ...baseline, value: middle(baselines, 'workMs') },
      ratio: median(measured.map((round, index) => round.workMs / (baselines[index]?.workMs ?? Number.NaN))),
      note: "processor time of the page's main thread; one frame has 16.7 ms",
    },
  ];
}

export function textOf({ droppedPercent, p95Ms, workMs: work }: Round): string {
  return `${droppedPercent.toFixed(1)} % dropped, p95 ${p95Ms.toFixed(1)} ms, ${work.toFixed(1)} ms of work`;
}
