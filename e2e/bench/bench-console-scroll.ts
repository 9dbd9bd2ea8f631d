import type { Page } from '@playwright/test';
import { BASELINE_URL } from './bench-console-browser.ts';
import type { BenchRun } from './bench-run.ts';
import type { ResultRow } from './report.ts';
import { median, percentile } from './statistics.ts';

/** One and a half frames at 60 frames a second: a longer one was dropped. */
const LONG_FRAME_MS = 25;
/** Dropped frames beyond those of the baseline that chance alone makes on a shared machine, in percent of all frames. */
const TOLERATED_PERCENT = 1;
const WHEEL = { distance: 12_000, pixelsPerSecond: 6000 };
const DRAG_MS = 2000;

type Motion = (page: Page) => Promise<readonly number[]>;

/** Both return the milliseconds between frames. */
const MOTIONS: readonly { readonly name: string; readonly move: Motion }[] = [
  { name: 'wheel', move: wheel },
  { name: 'drag from end to end', move: (page) => page.evaluate<number[]>(`bench.drag(${DRAG_MS})`) },
];

interface Round {
  readonly longPercent: number;
  readonly p95Ms: number;
}

export interface ScrolledList {
  readonly name: string;
  readonly url: string;
}

/** Scrolls a list of the console and the list by hand in turns, and compares the frames that were dropped. */
export async function benchScroll(
  run: BenchRun,
  page: Page,
  baselinePage: Page,
  list: ScrolledList,
): Promise<ResultRow[]> {
  const rounds = run.isQuick ? 1 : 7;
  await page.goto(list.url);
  await page.locator('main [role="row"][aria-rowindex="2"]').waitFor();
  await baselinePage.goto(BASELINE_URL);
  const rows: ResultRow[] = [];
  for (const { name, move } of MOTIONS) {
    const measured: Round[] = [];
    const baselines: Round[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const own = await measureFrames(page, move);
      const baseline = await measureFrames(baselinePage, move);
      run.log(`${list.name}, ${name}: ${textOf(own)}; by hand: ${textOf(baseline)}`);
      // The first round only warms up.
      if (round < 0) continue;
      measured.push(own);
      baselines.push(baseline);
    }
    rows.push(...rowsOf(`${list.name}, ${name}`, measured, baselines));
  }
  return rows;
}

async function measureFrames(page: Page, move: Motion): Promise<Round> {
  await page.bringToFront();
  await page.evaluate('bench.toTop()');
  const intervals = await move(page);
  if (intervals.length < 10) throw new Error(`only ${intervals.length} frames were made while ${page.url()} scrolled`);
  return {
    longPercent: (intervals.filter((ms) => ms > LONG_FRAME_MS).length / intervals.length) * 100,
    p95Ms: percentile(intervals, 0.95),
  };
}

/** The wheel as the browser itself makes it, from its own process: one step a frame. */
async function wheel(page: Page): Promise<readonly number[]> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const session = await page.context().newCDPSession(page);
  await page.evaluate('bench.startFrames()');
  await session.send('Input.synthesizeScrollGesture', {
    x: width / 2,
    y: height / 2,
    yDistance: -WHEEL.distance,
    speed: WHEEL.pixelsPerSecond,
    gestureSourceType: 'mouse',
  });
  await session.detach();
  return page.evaluate<number[]>('bench.stopFrames()');
}

function rowsOf(name: string, measured: readonly Round[], baselines: readonly Round[]): ResultRow[] {
  const long = measured.map((round) => round.longPercent);
  const baselineLong = median(baselines.map((round) => round.longPercent));
  return [
    {
      name: `${name}: dropped frames`,
      value: median(long),
      unit: '%',
      baseline: { name: 'list by hand', value: baselineLong },
      aim: { of: 'value', atMost: baselineLong + TOLERATED_PERCENT },
      note: `${long.length} rounds, ${long.map((share) => share.toFixed(1)).join(', ')} % longer than ${LONG_FRAME_MS} ms; by hand ${baselines.map((round) => round.longPercent.toFixed(1)).join(', ')} %`,
    },
    {
      name: `${name}: 95th percentile of a frame`,
      value: median(measured.map((round) => round.p95Ms)),
      unit: 'ms',
      baseline: { name: 'list by hand', value: median(baselines.map((round) => round.p95Ms)) },
      ratio: median(measured.map((round, index) => round.p95Ms / (baselines[index]?.p95Ms ?? Number.NaN))),
    },
  ];
}

function textOf({ longPercent, p95Ms }: Round): string {
  return `${longPercent.toFixed(1)} % dropped, p95 ${p95Ms.toFixed(1)} ms`;
}
