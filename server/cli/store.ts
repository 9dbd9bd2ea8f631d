import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { LogoUpload } from '../contract/stores.ts';
import { AppError, StartupError } from '../errors.ts';
import { confirm } from './confirm.ts';
import { dataDirOf, formatOf, withClient } from './context.ts';
import { addLimitsCommand } from './limits.ts';
import { openInBrowser } from './open-browser.ts';
import { print, table } from './output.ts';
import type { PlatformClient } from './platform-client.ts';
import { callServer } from './remote-client.ts';
import { addJobsCommand } from './store-jobs.ts';

interface CreateFlags {
  readonly code?: string;
  readonly currency?: string;
  readonly color?: string;
  readonly owner?: string;
  readonly domain?: string[];
  readonly catalogue: string;
  readonly logo?: string;
}

/** `orion store list|create|jobs|delete|restore|open|limits`. */
export function addStoreCommands(program: Command): void {
  const store = program.command('store').description('list, create, delete, restore and open stores');
  store
    .command('list')
    .description('list the stores and their addresses')
    .option('--deleted', 'those that were deleted and can be restored')
    .action(listStores);
  addCreateCommand(store);
  addJobsCommand(store);
  store
    .command('delete')
    .argument('<code>')
    .description('delete a store; for 7 days it can be restored')
    .option('--permanently', 'remove it and its data for good, also when it was deleted before')
    .option('--yes', 'do not ask')
    .action(deleteStore);
  store.command('restore').argument('<code>').description('bring a deleted store back').action(restoreStore);
  store
    .command('open')
    .argument('<code>')
    .description('open a store in the browser')
    .option('--dashboard', "the store's staff pages, signed in")
    .action(openStore);
  addLimitsCommand(store);
}

function addCreateCommand(store: Command): void {
  store
    .command('create')
    .argument('<name>', 'the name shoppers see')
    .description('make a store; it answers at once')
    .option('--code <code>', 'subdomain and path segment; suggested from the name')
    .option('--catalogue <name>', 'what it starts with: empty, or a demo store such as orion', 'empty')
    .option('--currency <code>', 'ISO 4217 code, such as EUR')
    .option('--color <#rrggbb>', "the store's colour in lists and in its theme")
    .option('--logo <file>', 'a picture: PNG, JPEG, WebP, AVIF, GIF or SVG')
    .option('--owner <email>', 'who owns it')
    .option('--domain <name...>', 'custom domains; the first is the primary one')
    .action(createStore);
}

async function listStores(flags: { readonly deleted?: boolean }, command: Command): Promise<void> {
  await withClient(command, (client) => (flags.deleted ? listDeleted(client, command) : listLive(client, command)));
}

async function listLive(client: PlatformClient, command: Command): Promise<void> {
  const stores = await client.listStores();
  print(formatOf(command), { stores }, () =>
    stores.length === 0
      ? 'There are no stores yet. Make one with: orion store create "My shop"'
      : table(
          ['CODE', 'NAME', 'STATE', 'ADDRESS'],
          stores.map((store) => [store.code, store.name, store.isActive ? 'open' : 'closed', store.urls.subdomain]),
        ),
  );
}

async function listDeleted(client: PlatformClient, command: Command): Promise<void> {
  const stores = await client.listDeletedStores();
  print(formatOf(command), { stores }, () =>
    stores.length === 0
      ? 'No store was deleted lately.'
      : table(
          ['CODE', 'NAME', 'DELETED', 'CAN BE RESTORED UNTIL'],
          stores.map((store) => [store.code, store.name, inWords(store.deletedAt), inWords(store.restorableUntil)]),
        ),
  );
}

/** @param at milliseconds since 1970 */
function inWords(at: number): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}

async function createStore(name: string, flags: CreateFlags, command: Command): Promise<void> {
  await withClient(command, async (client) => {
    const { code, currency, color, owner, domain, catalogue, logo } = flags;
    const created = await client.createStore({
      name,
      code,
      currency,
      color,
      ownerEmail: owner,
      domains: domain,
      catalogue,
      ...(logo ? { logo: await readUpload(logo) } : {}),
    });
    print(formatOf(command), created, () => {
      const steps = created.steps
        .map(({ step, durationMs }) => `  ${step.padEnd(10)}  ${durationMs.toFixed(1)} ms`)
        .join('\n');
      return `${created.name} is ready.\n${steps}\n\n  ${created.urls.subdomain}${started(client)}`;
    });
  });
}

/** @throws {StartupError} when the file cannot be read */
async function readUpload(file: string): Promise<LogoUpload> {
  try {
    return { fileName: basename(file), data: (await readFile(file)).toString('base64') };
  } catch (error) {
    throw new StartupError(`The logo ${file} cannot be read: ${(error as Error).message}`, 2);
  }
}

function started(client: PlatformClient): string {
  return client.server ? '' : '\n\nThe server is not running; start it with: npm start';
}

async function deleteStore(
  code: string,
  flags: { readonly permanently?: boolean; readonly yes?: boolean },
  command: Command,
): Promise<void> {
  await withClient(command, async (client) => {
    const permanently = flags.permanently === true;
    const deleted = permanently ? await client.listDeletedStores() : [];
    const store = findStore([...(await client.listStores()), ...deleted], code);
    if (permanently && !flags.yes)
      await confirm(
        `This removes ${store.name} (${store.code}) with its products, orders, customers and pictures for good.`,
        'Nothing was removed.',
      );
    const restorableUntil = await client.deleteStore(store.code, { permanently });
    print(formatOf(command), { deleted: store.code, restorableUntil }, () =>
      restorableUntil === null
        ? `${store.name} has been removed.`
        : `${store.name} has been deleted. Until ${inWords(restorableUntil)} it can be brought back: orion store restore ${store.code}`,
    );
  });
}

async function restoreStore(code: string, _flags: object, command: Command): Promise<void> {
  await withClient(command, async (client) => {
    const store = findStore(await client.listDeletedStores(), code, 'deleted store');
    const restored = await client.restoreStore(store.code);
    print(
      formatOf(command),
      restored,
      () => `${restored.name} is back.\n\n  ${restored.urls.subdomain}${started(client)}`,
    );
  });
}

async function openStore(code: string, flags: { readonly dashboard?: boolean }, command: Command): Promise<void> {
  await withClient(command, async (client) => {
    const store = findStore(await client.listStores(), code);
    if (!client.server)
      throw new StartupError(`The server of ${dataDirOf(command)} is not running. Start it with: npm start`);
    const url = flags.dashboard
      ? (await callServer<{ url: string }>(client.server, 'POST', `/api/stores/${store.code}/sign-in-links`)).url
      : store.urls.subdomain;
    await openInBrowser(url);
    print(formatOf(command), { url }, () => url);
  });
}

/** @throws {AppError} 404 that names those there are */
function findStore<Store extends { readonly code: string }>(
  stores: readonly Store[],
  code: string,
  what = 'store',
): Store {
  const wanted = code.trim().toLowerCase();
  const store = stores.find((one) => one.code === wanted);
  if (store) return store;
  const known = stores.map((one) => one.code).join(', ') || 'none';
  throw new AppError(`No ${what} has the code "${wanted}". There are: ${known}.`, {
    status: 404,
    code: 'store_not_found',
  });
}
