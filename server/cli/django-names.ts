/** The commands of the Django schema-per-tenant demo, under their own names. Source: features.md 1f, 73. */
import type { Command } from 'commander';
import { formatOf, withClient } from './context.ts';
import { loadFixtures } from './fixtures.ts';
import { migrate } from './migrate.ts';
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
    .description('alias of `migrate`')
    .option('--schema <schema>', 'only this one')
    .action((flags: { readonly schema?: string }, command: Command) =>
      migrate(command, { schemas: flags.schema === undefined ? [] : [flags.schema] }),
    );
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
