import type { Page } from '@playwright/test';
import type { OperationOutput } from '../../server/contract/operations.ts';
import { FIRST_ROW } from './bench-console-browser.ts';
import type { BenchRun } from './bench-run.ts';
import type { ResultRow } from './report.ts';
import { storeCodes } from './seed.ts';
import { median, roundsText } from './statistics.ts';

const MAX_MS = 100;
const ROUNDS = 9;
/** What the list of requests asks for when nothing is filtered; see renderer/console/requests. */
const STANDING_QUERY = { assets: 'hide', console: 'hide', limit: '200' };

/** What a list shows when it has answered. */
interface Expected {
  readonly count: number;
  /** In the first row. */
  readonly text: string;
  /** Milliseconds of the bare fetch that told. */
  readonly fetchMs: number;
}

interface Filter {
  readonly name: string;
  /** The screen's path. */
  readonly path: string;
  /** Another one every round. */
  readonly value: (round: number) => string;
  readonly expect: (page: Page, value: string) => Promise<Expected>;
  /** Brings the control to where one more action sets the filter. */
  readonly prepare?: (page: Page, value: string) => Promise<void>;
  /** The click or input that is timed. */
  readonly set: (page: Page, value: string) => Promise<void>;
}

/** Modes with their names in the console. */
const MODES = { subdomain: 'subdomain', path_based: 'path' };
const TEXTS = ['about', 'kitchen', 'post', 'example', 'mug', 'shop-0007', 'nothing', 'storefront', 'products'];

const FILTERS: readonly Filter[] = [
  {
    name: 'requests filtered by store',
    path: '/requests',
    value: (round) => storeCodes(60)[round * 6] ?? '',
    expect: expectRequests('store'),
    prepare: (page, code) => page.getByRole('combobox', { name: 'Store' }).fill(code),
    set: (page, code) => page.getByRole('option', { name: nameOf(code) }).click(),
  },
  {
    name: 'requests filtered by routing mode',
    path: '/requests',
    value: oneOf(Object.keys(MODES)),
    expect: expectRequests('mode'),
    set: (page, mode) => press(page, 'Reached its store by', MODES[mode as keyof typeof MODES]),
  },
  {
    name: 'requests filtered by status',
    path: '/requests',
    value: oneOf(['2xx', '3xx', '4xx']),
    expect: expectRequests('status'),
    set: (page, status) => press(page, 'Status', status),
  },
  {
    name: 'requests filtered by text',
    path: '/requests',
    value: oneOf(TEXTS),
    expect: expectRequests('text'),
    set: (page, text) => page.getByRole('textbox', { name: 'Text in method, host or path' }).fill(text),
  },
  {
    name: 'stores filtered by text',
    path: '/stores',
    value: (round) => storeCodes(60)[round * 6 + 1] ?? '',
    expect: expectStores,
    set: (page, text) => page.getByRole('textbox', { name: 'Name, code or domain' }).fill(text),
  },
];

/** From the click or input to the list that shows what it asked for. The screen is opened anew each time. */
export async function benchFilters(run: BenchRun, page: Page, console: string): Promise<ResultRow[]> {
  const rows: ResultRow[] = [];
  for (const filter of FILTERS) {
    const times: number[] = [];
    const baselines: number[] = [];
    // The first round only warms up; a quick run is over before it is warm.
    for (let round = run.isQuick ? 0 : -1; round < (run.isQuick ? 1 : ROUNDS); round += 1) {
      const { ms, fetchMs } = await measureFilter(page, console, filter, filter.value(round + 1));
      if (round < 0) continue;
      times.push(ms);
      baselines.push(fetchMs);
    }
    run.log(`${filter.name}: ${roundsText(times)} ms`);
    rows.push({
      name: filter.name,
      value: median(times),
      unit: 'ms',
      baseline: { name: 'bare fetch', value: median(baselines) },
      ratio: median(times.map((time, round) => time / (baselines[round] ?? Number.NaN))),
      aim: { of: 'value', atMost: MAX_MS },
      note: `at worst ${Math.round(Math.max(...times))} ms; rounds ${roundsText(times)} ms, bare fetch ${roundsText(baselines)} ms`,
    });
  }
  return rows;
}

async function measureFilter(page: Page, console: string, filter: Filter, value: string) {
  await page.goto(console + filter.path);
  await page.locator(FIRST_ROW).first().waitFor({ state: 'attached' });
  const { count, text, fetchMs } = await filter.expect(page, value);
  await filter.prepare?.(page, value);
  await page.evaluate(`bench.awaitAnswer(${count}, ${JSON.stringify(text)})`);
  await filter.set(page, value);
  return { ms: await page.evaluate<number>('bench.answerMs'), fetchMs };
}

function expectRequests(name: string) {
  return async (page: Page, value: string): Promise<Expected> => {
    const query = new URLSearchParams({ ...STANDING_QUERY, [name]: value });
    const { json, ms } = await fetchBare<OperationOutput<'listRequests'>>(page, `/api/requests?${query}`);
    const [newest] = json.requests;
    if (!newest) throw new Error(`no recorded request matches ${query}`);
    return { count: json.total, text: newest.path, fetchMs: ms };
  };
}

async function expectStores(page: Page, text: string): Promise<Expected> {
  const { json, ms } = await fetchBare<OperationOutput<'listStores'>>(page, '/api/stores');
  return { count: json.stores.filter(({ code }) => code.includes(text)).length, text, fetchMs: ms };
}

/** Asks the server from the same page, without the console. */
function fetchBare<Json>(page: Page, address: string): Promise<{ readonly json: Json; readonly ms: number }> {
  return page.evaluate(`bench.fetchJson(${JSON.stringify(address)})`);
}

function press(page: Page, group: string, button: string): Promise<void> {
  return page.getByRole('group', { name: group }).getByRole('button', { name: button, exact: true }).click();
}

function oneOf(values: readonly string[]): (round: number) => string {
  return (round) => values[round % values.length] ?? '';
}

function nameOf(code: string): RegExp {
  return new RegExp(`Shop ${Number(code.slice(-4))}$`);
}
