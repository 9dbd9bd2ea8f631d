import { join } from 'node:path';
import type { Command } from 'commander';
import { formatOf, withClient } from './context.ts';
import { print } from './output.ts';

const FIXTURES_DIR = join(import.meta.dirname, '../../fixtures/stores');

/** `orion fixtures load`. */
export function addFixturesCommand(program: Command): void {
  const fixtures = program.command('fixtures').description('the demo stores');
  fixtures
    .command('load')
    .argument('[codes...]', 'which; all when none is named')
    .description('make the demo stores that are not there')
    .action(async (codes: string[], _flags: object, command: Command) => loadFixtures(codes, command));
}

/** Makes the demo stores of these codes, or all of them. */
export async function loadFixtures(codes: readonly string[], command: Command): Promise<void> {
  const { listFixtures } = await import('../modules/fixtures/module.ts');
  await withClient(command, async (client) => {
    const stores = await client.loadFixtures(codes.length > 0 ? codes : listFixtures(FIXTURES_DIR));
    print(formatOf(command), { stores }, () =>
      stores
        .map(({ name, code, isNew }) => `${name} (${code}) ${isNew ? 'has been made' : 'is there already'}`)
        .join('\n'),
    );
  });
}
