import type { Page } from '@playwright/test';
import type { RequestList } from '../../server/contract/requests.ts';
import type { BenchRun } from './bench-run.ts';
import type { ResultRow } from './report.ts';
import { storeCodes } from './seed.ts';
import { median } from './statistics.ts';

const MAX_MS = 100;
/** What the console's list asks for when no filter is set; see renderer/console/requests. */
const STANDING_QUERY = { assets: 'hide', console: 'hide', limit: '200' };

interface Filter {
  readonly name: string;
  /** What the server is asked, and another value every round. */
  readonly query: (round: number) => Readonly<Record<string, string>>;
  /** Brings the control to where one more action sets the filter. */
  readonly prepare?: (page: Page, value: string) => Promise<void>;
  /** The click or key that is timed. */
  readonly set: (page: Page, value: string) => Promise<void>;
}

/** Modes with their names in the console. */
const MODES = new Map([
  ['subdomain', 'subdomain'],
  ['path_based', 'path'],
]);
const STATUSES = ['2xx', '3xx', '4xx'];
const TEXTS = ['about', 'kitchen', 'post', 'example', 'mug', 'shop-0007', 'nothing', 'storefront', 'products'];

const FILTERS: readonly Filter[] = [
  {
    name: 'store',
    query: (round) => ({ store: storeCodes(60)[round * 6] ?? '' }),
    async prepare(page, code) {
      await page.getByRole('combobox', { name: 'Store' }).fill(code);
    },
    set: (page, code) => page.getByRole('option', { name: `Shop ${Number(code.slice(-4))}`, exact: true }).click(),
  },
  {
    name: 'routing mode',
    query: (round) => ({ mode: [...MODES.keys()][round % MODES.size] ?? '' }),
    set: (page, mode) =>
      page
        .getByRole('group', { name: 'Reached its store by' })
        .getByRole('button', { name: MODES.get(mode) ?? mode })
        .click(),
  },
  {
    name: 'status',
    query: (round) => ({ status: STATUSES[round % STATUSES.length] ?? '' }),
    set: (page, status) => page.getByRole('group', { name: 'Status' }).getByRole('button', { name: status }).click(),
  },
  {
    name: 'text',
    query: (round) => ({ text: TEXTS[round % TEXTS.length] ?? '' }),
    set: (page, text) => page.getByRole('textbox', { name: 'Text in method' }).fill(text),
  },
];

/** From the click or key to the list that shows what it asked for, on a list that is loaded anew for each. */
export async function benchRequestFilters(run: BenchRun, page: Page, url: string): Promise<ResultRow[]> {
  const rounds = run.isQuick ? 2 : 9;
  const rows: ResultRow[] = [];
  for (const filter of FILTERS) {
    const times: number[] = [];
    const baselines: number[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const { time, baseline } = await measureFilter(page, url, filter, round + 1);
      // The first round only warms up.
      if (round < 0) continue;
      times.push(time);
      baselines.push(baseline);
    }
    run.log(`Filter by ${filter.name}: ${times.map(Math.round).join(', ')} ms`);
    rows.push({
      name: `requests filtered by ${filter.name}`,
      value: median(times),
      unit: 'ms',
      baseline: { name: 'bare fetch', value: median(baselines) },
      ratio: median(times.map((time, round) => time / (baselines[round] ?? Number.NaN))),
      aim: { of: 'value', atMost: MAX_MS },
      note: `${times.length} rounds, at worst ${Math.round(Math.max(...times))} ms`,
    });
  }
  return rows;
}

async function measureFilter(page: Page, url: string, filter: Filter, round: number) {
  const query = filter.query(round);
  const [value = ''] = Object.values(query);
  await page.goto(url);
  await page.locator('#request-row-0[aria-rowindex]').waitFor();
  await filter.prepare?.(page, value);
  const { json: list, ms } = await bareFetch(page, { ...STANDING_QUERY, ...query });
  const [newest] = list.requests;
  if (!newest) throw new Error(`no recorded request matches ${JSON.stringify(query)}`);
  await page.evaluate(`bench.awaitAnswer(${list.total + 1}, ${JSON.stringify(newest.host + newest.path)})`);
  await filter.set(page, value);
  return { time: await page.evaluate<number>('bench.answerMs'), baseline: ms };
}

interface BareAnswer {
  readonly json: RequestList;
  readonly ms: number;
}

/** The same question without a console, asked from the same page. */
function bareFetch(page: Page, query: Readonly<Record<string, string>>): Promise<BareAnswer> {
  return page.evaluate<BareAnswer>(`bench.fetchJson('/api/requests?${new URLSearchParams(query)}')`);
}
