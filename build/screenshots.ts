/**
 * Takes the pictures of the documentation from a fresh server: `npm run screenshots` (build/screenshots.mjs); after `--`,
 * the names of the console's screens that alone are taken anew, such as `names`.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { type OrionServer, projectRoot, startServer } from '../e2e/browser/support/orion-server.ts';

interface Shot {
  /** File name without its ending. */
  readonly name: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** Names of the console's screens; empty: everything is taken. */
const chosen = process.argv.slice(2);
const folder = join(projectRoot, 'docs/screenshots');
/** A larger PNG becomes a WebP. */
const MAX_PNG_BYTES = 600 * 1024;
const WEBP_QUALITY = 86;
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const STORES = ['techstore', 'fashion', 'orion'] as const;

/** The pictures that need nobody to be signed in. */
function publicShots({ url, storeUrl }: OrionServer): Shot[] {
  return [
    ...STORES.map((code) => ({ name: `${code}-home`, url: storeUrl(code), ...DESKTOP })),
    ...STORES.map((code) => ({ name: `${code}-home-phone`, url: storeUrl(code), ...PHONE })),
    { name: 'orion-collection', url: storeUrl('orion', '/collections/tableware'), ...DESKTOP },
    { name: 'orion-product', url: storeUrl('orion', '/products/stoneware-mug'), ...DESKTOP },
    { name: 'orion-search', url: storeUrl('orion', '/search?q=linen'), ...DESKTOP },
    { name: 'landing-light', url, ...DESKTOP, colorScheme: 'light' },
    { name: 'landing-dark', url, ...DESKTOP, colorScheme: 'dark' },
    { name: 'unknown-host', url: storeUrl('techstor'), ...DESKTOP },
  ];
}

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 720, height: 900 };
/** A store made for the pictures, so that the first steps are not all open and a store has a logo of its own. */
const OWN_STORE = 'harbour-cafe';

/** A screen of the console, and a text that is there once it is complete. */
interface Screen {
  readonly name: string;
  readonly path: string;
  readonly shown: string;
  /** Brings the screen into the state that is worth a picture. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const screens: readonly Screen[] = [
  { name: 'overview', path: '/', shown: 'All is well' },
  { name: 'stores', path: '/stores', shown: 'Fashion Boutique' },
  { name: 'create', path: '/stores?create=1', shown: 'Starting catalogue', prepare: fillNewStore },
  { name: 'store', path: '/stores/fashion', shown: 'Fashion Boutique' },
  { name: 'store-settings', path: '/stores/fashion?tab=settings', shown: 'Fashion Boutique' },
  { name: 'store-data', path: '/stores/orion?tab=data', shown: 'all applied' },
  { name: 'store-table', path: '/stores/orion/data/products', shown: 'Dinner Plate' },
  { name: 'store-limits', path: '/stores/orion?tab=limits', shown: 'the default' },
  { name: 'preview', path: '/preview?left=fashion:/&right=orion:/', shown: 'px at' },
  { name: 'preview-widths', path: '/preview?left=orion:/&view=widths', shown: '360 px' },
  { name: 'requests', path: '/requests', shown: 'recorded', prepare: (page) => openRequest(page, 'Why') },
  { name: 'request-timeline', path: '/requests', shown: 'recorded', prepare: (page) => openRequest(page, 'Timeline') },
  { name: 'request-flow', path: '/requests', shown: 'recorded', prepare: openFlow },
  { name: 'request-sql', path: '/requests', shown: 'recorded', prepare: (page) => openRequest(page, 'SQL') },
  { name: 'routing', path: '/routing?url={path}', shown: 'Rule by rule' },
  { name: 'routing-refused', path: '/routing?url={unknown}', shown: 'Rule by rule' },
  { name: 'backends', path: '/backends', shown: 'A schema per store' },
  { name: 'backends-plan', path: '/backends?switch=sqlite/row', shown: 'Move every store to', prepare: showPlan },
  { name: 'names', path: '/names', shown: 'techstore.localhost' },
  {
    name: 'store-domains',
    path: '/stores/harbour-cafe?tab=domains&domain=harbour-cafe.example',
    shown: 'Prove that it is yours',
  },
  { name: 'help', path: '/help', shown: 'When something does not work' },
  { name: 'palette', path: '/', shown: 'All is well', prepare: openPalette },
];

/** Every screen of the console: both colours when wide, light when narrow. */
async function takeConsole(page: Page, server: OrionServer): Promise<void> {
  const sizes = [
    { ...WIDE, colorScheme: 'light', suffix: '-light' },
    { ...WIDE, colorScheme: 'dark', suffix: '-dark' },
    { ...NARROW, colorScheme: 'light', suffix: '-narrow' },
  ] as const;
  for (const { width, height, colorScheme, suffix } of sizes) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    for (const { name, path, shown, prepare } of screens) {
      if (chosen.length > 0 && !chosen.includes(name)) continue;
      const filled = path
        .replace('{path}', encodeURIComponent(server.pathUrl('fashion', '/products/jeans')))
        .replace('{unknown}', encodeURIComponent(server.storeUrl('techstor')));
      // The newest requests, above what the previews asked for.
      if (path === '/requests') await askForTheConsole(server);
      await page.goto(new URL(filled, server.console).href);
      await page.getByText(shown).first().waitFor();
      await prepare?.(page);
      await settleFrames(page);
      await settle(page);
      await save(page, `console-${name}${suffix}`);
    }
  }
}

/** What somebody types who makes a shop; nothing is made of it. */
async function fillNewStore(page: Page): Promise<void> {
  const panel = page.getByRole('dialog', { name: 'Create a store' });
  await panel
    .getByRole('region', { name: 'Name and code' })
    .getByRole('textbox', { name: 'Name' })
    .fill('North Pier Books');
  await panel.getByText('Free: it will answer at').waitFor();
  await panel.getByRole('radio', { name: /Orion/ }).check({ force: true });
}

/** A plan is made and nothing is moved. */
async function showPlan(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await page.getByText('What happens').waitFor();
}

async function openRequest(page: Page, tab: string): Promise<void> {
  await page.getByRole('row').filter({ hasText: '/products/mushroom-table-lamp' }).first().click();
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
}

/** The drawing's code arrives when it is first looked at. */
async function openFlow(page: Page): Promise<void> {
  await openRequest(page, 'Flow');
  await page.getByText('The way that was taken is lit').waitFor();
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Search stores, screens, actions').fill('or');
}

/** The shell's failure screen, which is a file: what the shell tells it is made up here. */
async function takeFailure(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const report = {
      summary: 'Port 8000 is in use by another program. Stop it, or start Orion Studio with another port: --port 8100.',
      faults: [],
      lines: [
        'Loading the demo store techstore',
        'Loading the demo store fashion',
        'Port 8000 is in use by another program.',
      ],
      dataDir: '~/.local/share/orion-studio',
    };
    const orionShell = { failure: async () => report, onServerState: () => () => undefined };
    Object.assign(globalThis, { orionShell });
  });
  await page.setViewportSize({ width: 960, height: 720 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(pathToFileURL(join(projectRoot, 'electron/dist/pages/failure.html')).href);
    await page.getByText('Port 8000').first().waitFor();
    await save(page, `failure-${colorScheme}`);
  }
}

/** Previews are pages of their own: their pictures have to arrive as well. */
async function settleFrames(page: Page): Promise<void> {
  for (const frame of page.frames().slice(1)) await frame.waitForLoadState('load').catch(() => undefined);
}

async function takeAll(browser: Browser, server: OrionServer): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  // As somebody who has hidden the debug bar: the pictures show what shoppers see.
  await context.addInitScript(() => sessionStorage.setItem('orion-debug-bar', 'hidden'));
  const page = await context.newPage();
  for (const shot of chosen.length > 0 ? [] : publicShots(server)) await take(page, shot);
  await signIn(page, server);
  await server.orion(
    'store',
    'create',
    'Harbour Café',
    '--code',
    OWN_STORE,
    '--catalogue',
    'orion',
    '--color',
    '#0f766e',
  );
  await server.orion('domain', 'add', OWN_STORE, `${OWN_STORE}.example`);
  await askForTheConsole(server);
  await takeConsole(page, server);
  if (chosen.length === 0) {
    await composeOverview(page, server);
    await takeFailure(context);
  }
  await context.close();
}

/** A few requests of each kind, so that the console's list begins with the routing modes and a refusal. */
async function askForTheConsole({ ask, storeUrl, pathUrl }: OrionServer): Promise<void> {
  const asked = [
    storeUrl('techstore'),
    storeUrl('techstore', '/products/laptop'),
    pathUrl('fashion', '/products/jeans'),
    storeUrl('techstor'),
    storeUrl('orion', '/collections/lighting'),
    storeUrl('orion', '/products/mushroom-table-lamp'),
  ];
  for (const url of asked) {
    const { host, pathname } = new URL(url);
    await ask(host, pathname, { Accept: 'text/html' });
  }
}

async function signIn(page: Page, server: OrionServer): Promise<void> {
  const { url } = (await server.orion('console')) as { url: string };
  await page.goto(url);
  await page.waitForURL(server.console);
}

async function take(page: Page, { name, url, width, height, colorScheme = 'light' }: Shot): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme });
  await page.goto(url, { waitUntil: 'load' });
  await settle(page);
  await save(page, name);
}

/** Waits for fonts and for every picture in view; a lazy one elsewhere never comes. A text, because it runs in the page. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    await document.fonts.ready;
    const inView = [...document.images].filter((image) => {
      const { top, left, bottom, width } = image.getBoundingClientRect();
      return width > 0 && top < innerHeight && bottom > 0 && left >= 0 && left < innerWidth;
    });
    await Promise.all(inView.map((image) => image.decode().catch(() => undefined)));
  })()`);
}

/** Writes `name.webp` for the console's many screens and for what is large, else `name.png`; an earlier run's other one is removed. */
async function save(page: Page, name: string): Promise<void> {
  const png = await page.screenshot({ type: 'png', animations: 'disabled' });
  const isWebp = name.startsWith('console-') || png.length > MAX_PNG_BYTES;
  const file = join(folder, `${name}.${isWebp ? 'webp' : 'png'}`);
  rmSync(join(folder, `${name}.${isWebp ? 'png' : 'webp'}`), { force: true });
  writeFileSync(file, isWebp ? await sharp(png).webp({ quality: WEBP_QUALITY }).toBuffer() : png);
  process.stdout.write(`${file.slice(projectRoot.length + 1)}  ${Math.round(statSync(file).size / 1024)} KiB\n`);
}

/** The README's picture: the three shops side by side, each under its own address. */
async function composeOverview(page: Page, server: OrionServer): Promise<void> {
  const width = 1120;
  const height = 1900;
  const panes: string[] = [];
  for (const code of STORES) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(server.storeUrl(code), { waitUntil: 'load' });
    await settle(page);
    const picture = await page.screenshot({ type: 'png', animations: 'disabled' });
    panes.push(pane(`${code}.localhost:8000`, picture.toString('base64')));
  }
  await page.setViewportSize({ width: 1600, height: 900 });
  // Away from the last page's policy, which would refuse the styles below.
  await page.goto('about:blank');
  await page.setContent(overviewHtml(panes));
  await settle(page);
  await save(page, 'overview');
}

function pane(address: string, picture: string): string {
  return `<figure><figcaption><span></span>${address}</figcaption><img alt="" src="data:image/png;base64,${picture}"></figure>`;
}

/** Inter is embedded, because the page has no server to take it from. */
function overviewHtml(panes: readonly string[]): string {
  const font = join(projectRoot, 'templates/themes/meridian/assets/fonts/inter-latin-wght-normal.woff2');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Three shops</title><style>
@font-face { font-family: Inter; src: url(data:font/woff2;base64,${readFileSync(font, 'base64')}); font-weight: 100 900; }
* { box-sizing: border-box; margin: 0; }
body { width: 1600px; height: 900px; overflow: hidden; padding: 56px 56px 0; display: grid; gap: 32px;
  grid-template-columns: repeat(3, 1fr); background: #e9ebef; font: 500 17px/1 Inter, sans-serif; color: #3a404c; }
figure { height: 900px; border-radius: 12px 12px 0 0; overflow: hidden; background: #fff;
  box-shadow: 0 1px 2px rgb(20 24 32 / 12%), 0 16px 48px rgb(20 24 32 / 16%); }
figcaption { height: 52px; display: flex; align-items: center; gap: 12px; padding: 0 20px; border-bottom: 1px solid #e3e5e9; }
figcaption span { width: 10px; height: 10px; border-radius: 50%; background: #22a55a; }
img { display: block; width: 100%; }
</style>${panes.join('')}</html>`;
}

mkdirSync(folder, { recursive: true });
const executablePath = process.env['ORION_CHROMIUM'];
const server = await startServer('usual');
try {
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] });
  try {
    await takeAll(browser, server);
  } finally {
    await browser.close();
  }
} finally {
  await server.stop();
}
