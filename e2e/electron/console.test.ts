/** The journeys of e2e/journeys in the desktop window: the same console, the same answers. */
import { addressesAt } from '../browser/support/orion-server.ts';
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
import { test } from './support/test.ts';

test('a first day with the console', async ({ start }) => {
  test.slow();
  const shell = await start(['--fixtures', 'techstore,fashion,orion']);
  const page = await shell.console();
  await page.setViewportSize({ width: 1440, height: 900 });
  const server = addressesAt(shell.server()?.port ?? 0);
  const [code, name] = ['harbour-cafe', 'Harbour Café'] as const;

  await test.step('the first run shows that all is well', () => seeFirstRun(page));
  await test.step('a store is made with colour and logo', () => createStore(page, server, name, code));
  await test.step('it answers by subdomain and by path', () => seeStoreAnswer(server, code, name));
  await test.step('it is previewed at three widths', () => previewThreeWidths(page, server, code, 'fashion'));
  await test.step('a live request explains itself', () => inspectLiveRequest(page, server, code));
  await test.step('what if says what really happens', () => compareWhatIf(page, server));
  await test.step('a deleted store comes back', () => deleteAndUndo(page, server, code, name));
  await test.step('nobody gets in without the link', () => seeRefusals(server));
});
