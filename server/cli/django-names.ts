/** The commands of the Django schema-per-tenant demo, under their own names. Source: features.md 1f, 73. */
import type { Command } from 'commander';
import { StartupError } from '../errors.ts';
import { findRunningServer } from '../network/running-server.ts';
import { dataDirOf, formatOf, withClient } from './context.ts';
import { loadFixtures } from './fixtures.ts';
import { openLocalPlatform } from './local-client.ts';
import { print } from './output.ts';

interface TenantFlags {
  readonly name: string;
  readonly email: string;
  readonly schema: string;
  readonly domain?: string;
}

export function addDjangoNames(program: Command): void {
  program
    .command('create_tenant')
    .description('alias of `store create`')
    .requiredOption('--name <name>')
    .requiredOption('--email <email>')
    .requiredOption('--schema <schema>')
    .option('--domain <domain>', "the store's address; its own subdomain is there anyway")
    .action(createTenant);
  program
    .command('create_test_data')
    .description('alias of `fixtures load techstore fashion`')
    .action(async (_flags: object, command: Command) => loadFixtures(['techstore', 'fashion'], command));
  program
    .command('migrate_schemas')
    .description('bring the tables of every store up to date')
    .option('--schema <schema>', 'only this one')
    .action(migrateSchemas);
}

async function createTenant(flags: TenantFlags, command: Command): Promise<void> {
  await withClient(command, async (client) => {
    const code = flags.schema.replaceAll('_', '-');
    const isOwnSubdomain =
      flags.domain === undefined ||
      (flags.domain.toLowerCase().startsWith(`${code.toLowerCase()}.`) && flags.domain.endsWith('.localhost'));
    const created = await client.createStore({
      name: flags.name,
      code,
      ownerEmail: flags.email,
      ...(isOwnSubdomain ? {} : { domains: [flags.domain ?? ''] }),
    });
    print(
      formatOf(command),
      created,
      () => `Tenant ${created.name} has been made with the schema ${created.schemaName}: ${created.urls.subdomain}`,
    );
  });
}

/** A running server has migrated everything that it opened; the rest it migrates on opening. */
async function migrateSchemas(flags: { readonly schema?: string }, command: Command): Promise<void> {
  const dataDir = dataDirOf(command);
  const server = await findRunningServer(dataDir);
  if (server)
    throw new StartupError(
      `The data folder is in use by the server on port ${server.port}, which keeps every store up to date itself.`,
    );
  const { parts, close } = await openLocalPlatform(dataDir);
  try {
    const all = await parts.stores.list();
    const wanted = all.filter((store) => flags.schema === undefined || store.schemaName === flags.schema);
    if (wanted.length === 0 && flags.schema !== undefined) {
      throw new StartupError(`No store has the schema "${flags.schema}".`);
    }
    for (const store of wanted) await parts.backend.use(store, async () => undefined);
    const migrated = wanted.map((store) => store.schemaName);
    print(formatOf(command), { migrated }, () =>
      migrated.length > 0 ? migrated.map((name) => `${name} is up to date`).join('\n') : 'There are no stores.',
    );
  } finally {
    await close();
  }
}
