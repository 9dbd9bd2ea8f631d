import type { Browser } from '@playwright/test';
import { now, openPage, signInLink } from './bench-console-browser.ts';
import type { BenchRun } from './bench-run.ts';
import { orionServer } from './candidates.ts';
import { type ServerProcess, startServer } from './child.ts';
import type { ResultRow } from './report.ts';
import { median, roundsText } from './statistics.ts';

const MAX_MS = 1000;

/** What is opened, and the elements that must be visible before it can be used, as CSS selectors. */
interface View {
  readonly address: (server: ServerProcess) => string;
  readonly needs: readonly string[];
}

const CONSOLE: View = {
  address: signInLink,
  needs: ['main article a[href^="/stores/"]', 'main a[href="/stores?create=1"]:not([data-disabled])'],
};
const LANDING: View = {
  address: (server) => `http://localhost:${server.port}/`,
  needs: ['.card h3 a', '.card .badge'],
};

/** From the server's ready line to a page that can be used, with an empty profile in a browser that runs already. */
export async function benchFirstView(run: BenchRun, browser: Browser, dataDir: string): Promise<ResultRow> {
  const rounds = run.isQuick ? 1 : 7;
  const times: number[] = [];
  const baselines: number[] = [];
  // The first start fills the caches of compiled code; a quick run does without.
  for (let round = run.isQuick ? 0 : -1; round < rounds; round += 1) {
    const time = await firstView(browser, dataDir, CONSOLE);
    const baseline = await firstView(browser, dataDir, LANDING);
    run.log(`First view: ${Math.round(time)} ms, landing page ${Math.round(baseline)} ms`);
    if (round < 0) continue;
    times.push(time);
    baselines.push(baseline);
  }
  return {
    name: "console's first view, from the ready line",
    value: median(times),
    unit: 'ms',
    baseline: { name: 'landing page', value: median(baselines) },
    ratio: median(times.map((time, round) => time / (baselines[round] ?? Number.NaN))),
    aim: { of: 'value', atMost: MAX_MS },
    note: `rounds ${roundsText(times)} ms, landing page ${roundsText(baselines)} ms`,
  };
}

async function firstView(browser: Browser, dataDir: string, view: View): Promise<number> {
  const page = await openPage(browser);
  const shown = Promise.withResolvers<number>();
  await page.exposeFunction('reportView', shown.resolve);
  await page.addInitScript(`window.bench?.awaitView(${JSON.stringify(view.needs)})`);
  const server = await startServer(orionServer({ dataDir }));
  try {
    const readyAt = now();
    await page.goto(view.address(server), { waitUntil: 'commit' });
    return (await shown.promise) - readyAt;
  } finally {
    await page.context().close();
    await server.stop();
  }
}
