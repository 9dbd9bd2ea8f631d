import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { ServerProcess } from './child.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGE_FOLDER = join(import.meta.dirname, 'console-page');
/** The list by hand that the console's lists are compared with. */
export const BASELINE_URL = pathToFileURL(join(PAGE_FOLDER, 'index.html')).href;
/** The first row of a list, once it has more than the one cell that says it is loading. */
export const FIRST_ROW = 'main [role="row"][aria-rowindex="2"] > :nth-child(2)';
const SIZE = { width: 1440, height: 900 };
/** As in playwright.config.ts. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium of the end-to-end tests. */
export async function withBrowser<Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ARGS });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** Builds the console where its sources have changed. @throws {Error} when it cannot be built */
export function buildConsole(): void {
  runBuildScript('build-renderer.mjs');
}

function chromiumPath(): string {
  return process.env['ORION_CHROMIUM'] ?? runBuildScript('ensure-chromium.mjs').trim();
}

/** Returns what it printed. */
function runBuildScript(name: string): string {
  return execFileSync(process.execPath, [join(ROOT, 'build', name)], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** A page of an empty profile, in which `bench` (console-page/measure.js) is there before any other script. */
export async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZE });
  const page = await context.newPage();
  await page.addInitScript({ path: join(PAGE_FOLDER, 'measure.js') });
  return page;
}

/** The server's one-time link to the console. @throws {Error} when it gave none */
export function signInLink(server: ServerProcess): string {
  if (server.signIn === null) throw new Error('the server printed no sign-in link');
  return server.signIn;
}

/** Signs in with the one-time link and waits for the console. */
export async function signIn(page: Page, server: ServerProcess): Promise<void> {
  await page.goto(signInLink(server));
  await page.waitForURL(({ pathname }) => pathname === '/');
}

/** Now, on the clock that pages have too, in milliseconds since 1970. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
