/** The journeys of e2e/journeys in Chromium, on a server of their own. They build on each other, as a first day does. */
import { type Page, test } from '@playwright/test';
import {
  compareWhatIf,
  createStore,
  deleteAndUndo,
  inspectLiveRequest,
  previewThreeWidths,
  seeFirstRun,
  seeRefusals,
  seeStoreAnswer,
} from '../journeys/console-journeys.ts';
import { type OrionServer, startServer } from './support/orion-server.ts';
import { signInToConsole } from './support/test.ts';

test.describe.configure({ mode: 'serial' });

let server: OrionServer;
let page: Page;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await signInToConsole(page, server);
});

test.afterAll(async () => {
  await page?.close();
  await server?.stop();
});

test('the first run shows that all is well', () => seeFirstRun(page));

test('a store is made with colour and logo, step by step', () =>
  createStore(page, server, 'Harbour Café', 'harbour-cafe'));

test('it answers by subdomain and by path', () => seeStoreAnswer(server, 'harbour-cafe', 'Harbour Café'));

test('it is previewed beside another at three widths', () =>
  previewThreeWidths(page, server, 'harbour-cafe', 'fashion'));

test('a live request explains itself', () => inspectLiveRequest(page, server, 'harbour-cafe'));

test('what if says what really happens', () => compareWhatIf(page, server));

test('a deleted store comes back', () => deleteAndUndo(page, server, 'harbour-cafe', 'Harbour Café'));

test('nobody gets in without the link or under another name', () => seeRefusals(server));
