import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { buildConsole, openPage, signIn, withBrowser } from './bench-console-browser.ts';
import { benchFilters } from './bench-console-filters.ts';
import { benchFirstView } from './bench-console-first-view.ts';
import { sendRequests } from './bench-console-requests.ts';
import { benchScroll } from './bench-console-scroll.ts';
import type { BenchRun } from './bench-run.ts';
import { orionServer } from './candidates.ts';
import { type ServerCommand, startServer } from './child.ts';
import type { ResultRow } from './report.ts';
import { seedDataFolder } from './seed.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

interface Size {
  readonly stores: number;
  readonly requests: number;
}

const FULL: Size = { stores: 1000, requests: 100_000 };
const QUICK: Size = { stores: 120, requests: 3000 };

/** The console in Chromium, with many stores and recorded requests: first view, scrolling, filters. */
export function benchConsole(run: BenchRun): Promise<ResultRow[]> {
  const size = run.isQuick ? QUICK : FULL;
  buildConsole();
  return withTemporaryFolder(async (folder) => {
    run.log(`Making ${size.stores} stores`);
    const dataDir = join(folder, 'orion');
    await seedDataFolder(dataDir, size.stores);
    return withBrowser(async (browser) => {
      const firstView = await benchFirstView(run, browser, dataDir);
      return [firstView, ...(await benchLists(run, browser, dataDir, size))];
    });
  });
}

async function benchLists(run: BenchRun, browser: Browser, dataDir: string, size: Size): Promise<ResultRow[]> {
  const server = await startServer(keepsRequests(dataDir, size.requests));
  try {
    run.log(`Sending ${size.requests} requests`);
    await sendRequests(server.port, size.requests, size.stores);
    const page = await openPage(browser);
    await signIn(page, server);
    const baselinePage = await openPage(browser);
    const console = `http://admin.localhost:${server.port}`;
    const rows: ResultRow[] = [];
    for (const path of ['/requests', '/stores']) {
      const list = { name: `scrolling ${path}`, url: console + path };
      rows.push(...(await benchScroll(run, page, baselinePage, list)));
    }
    await baselinePage.context().close();
    rows.push(...(await benchFilters(run, page, console)));
    return rows;
  } finally {
    await server.stop();
  }
}

/** The server as it is delivered, but for how many requests it keeps: all that are sent, and the console's own. */
function keepsRequests(dataDir: string, requests: number): ServerCommand {
  return { ...orionServer({ dataDir }), env: { ORION_TRACE_REQUESTS: String(Math.round(requests * 1.1)) } };
}
