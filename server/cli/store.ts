import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { AppError, StartupError } from '../errors.ts';
import { dataDirOf, formatOf, withClient } from './context.ts';
import { openInBrowser } from './open-browser.ts';
import { print, table } from './output.ts';
import { callServer, type ListedStore, type PlatformClient } from './platform-client.ts';

interface CreateFlags {
  readonly code?: string;
  readonly currency?: string;
  readonly color?: string;
  readonly owner?: string;
  readonly domain?: readonly string[];
  readonly catalogue: string;
}

/** `orion store list|create|delete|open`. */
export function addStoreCommands(program: Command): void {
  const store = program.command('store').description('list, create, delete and open stores');
  store.command('list').description('list the stores and their addresses').action(listStores);
  store
    .command('create')
    .argument('<name>', 'the name shoppers see')
    .description('make a store; it answers at once')
    .option('--code <code>', 'subdomain and path segment; suggested from the name')
    .option('--catalogue <name>', 'what it starts with: empty, or a demo store such as orion', 'empty')
    .option('--currency <code>', 'ISO 4217 code, such as EUR')
    .option('--color <#rrggbb>', "the store's colour in lists")
    .option('--owner <email>', 'who owns it')
    .option('--domain <name...>', 'custom domains; the first is the primary one')
    .action(createStore);
  store
    .command('delete')
    .argument('<code>')
    .description('remove a store and its data for good')
    .option('--yes', 'do not ask')
    .action(deleteStore);
  store
    .command('open')
    .argument('<code>')
    .description('open a store in the browser')
    .option('--dashboard', "the store's staff pages, signed in")
    .action(openStore);
}

async function listStores(_flags: object, command: Command): Promise<void> {
  await withClient(command, async (client) => {
    const stores = await client.listStores();
    print(formatOf(command), { stores }, () =>
      stores.length === 0
        ? 'There are no stores yet. Make one with: orion store create "My shop"'
        : table(
            ['CODE', 'NAME', 'STATE', 'ADDRESS'],
            stores.map((store) => [store.code, store.name, store.isActive ? 'open' : 'closed', store.urls.subdomain]),
          ),
    );
  });
}

async function createStore(name: string, flags: CreateFlags, command: Command): Promise<void> {
  await withClient(command, async (client) => {
    const { code, currency, color, owner, domain, catalogue } = flags;
    const created = await client.createStore({
      name,
      code,
      currency,
      color,
      ownerEmail: owner,
      domains: domain,
      catalogue,
    });
    print(formatOf(command), created, () => {
      const steps = created.steps
        .map(({ step, durationMs }) => `  ${step.padEnd(10)}  ${durationMs.toFixed(1)} ms`)
        .join('\n');
      return `${created.name} is ready.\n${steps}\n\n  ${created.urls.subdomain}${started(client)}`;
    });
  });
}

function started(client: PlatformClient): string {
  return client.server ? '' : '\n\nThe server is not running; start it with: npm start';
}

async function deleteStore(code: string, flags: { readonly yes?: boolean }, command: Command): Promise<void> {
  await withClient(command, async (client) => {
    const store = await findStore(client, code);
    if (!flags.yes)
      await confirm(
        `This removes ${store.name} (${store.code}) with its products, orders, customers and pictures for good.`,
      );
    await client.deleteStore(store.code);
    print(formatOf(command), { deleted: store.code }, () => `${store.name} has been removed.`);
  });
}

async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY || process.env['CI'])
    throw new StartupError(`${question} Add --yes to do it without being asked.`, 2);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question}\nType "yes" to go on: `);
  terminal.close();
  if (answer.trim().toLowerCase() !== 'yes') throw new StartupError('Nothing was removed.');
}

async function openStore(code: string, flags: { readonly dashboard?: boolean }, command: Command): Promise<void> {
  await withClient(command, async (client) => {
    const store = await findStore(client, code);
    if (!client.server)
      throw new StartupError(`The server of ${dataDirOf(command)} is not running. Start it with: npm start`);
    const url = flags.dashboard
      ? (await callServer<{ url: string }>(client.server, 'POST', `/api/stores/${store.code}/sign-in-links`)).url
      : store.urls.subdomain;
    await openInBrowser(url);
    print(formatOf(command), { url }, () => url);
  });
}

async function findStore(client: PlatformClient, code: string): Promise<ListedStore> {
  const wanted = code.trim().toLowerCase();
  const stores = await client.listStores();
  const store = stores.find((one) => one.code === wanted);
  if (!store)
    throw new AppError(
      `No store has the code "${wanted}". There are: ${stores.map((one) => one.code).join(', ') || 'none'}.`,
      { status: 404, code: 'store_not_found' },
    );
  return store;
}
