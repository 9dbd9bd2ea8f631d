import { type Command, InvalidArgumentError } from 'commander';
import type { ListedStore } from '../contract/stores.ts';
import { StartupError } from '../errors.ts';
import { type ConsoleApi, openConsoleApi } from './console-api.ts';
import { dataDirOf, formatOf } from './context.ts';
import { type MigratedStore, migratedStore, type NamedStore, workOn } from './migrate-run.ts';
import { print, table } from './output.ts';

const AT_ONCE = 4;
const MAX_AT_ONCE = 32;

interface MigrateOptions {
  /** Codes of stores; with `schemas` none: all stores. */
  readonly codes?: readonly string[];
  readonly schemas?: readonly string[];
  readonly parallel?: number;
  readonly isDryRun?: boolean;
}

/** `orion migrate` and `orion migrate status`. Exit code 1 when a store failed, or was not come to. */
export function addMigrateCommand(program: Command): void {
  const command = program
    .command('migrate')
    .description('bring the tables of the platform and of every store up to date')
    .option('--store <code...>', 'only these stores')
    .option('--parallel <number>', `stores at once, up to ${MAX_AT_ONCE}`, readParallel, AT_ONCE)
    .option('--dry-run', 'list what would be run, and run nothing')
    .action((flags: { store?: string[]; parallel: number; dryRun?: boolean }, called: Command) =>
      migrate(called, {
        codes: flags.store ?? [],
        parallel: flags.parallel,
        isDryRun: flags.dryRun === true,
      }),
    );
  command
    .command('status')
    .description('say which stores are up to date, and run nothing')
    .action((_flags: object, called: Command) => migrate(called, { isDryRun: true }));
}

/** Brings stores up to date, or says what they lack; prints the result and sets the exit code. */
export async function migrate(command: Command, options: MigrateOptions): Promise<void> {
  const api = await openConsoleApi(dataDirOf(command));
  try {
    const wanted = chooseStores((await api.call('listStores')).stores, options);
    const stores = await workOn(wanted, options.parallel ?? AT_ONCE, (store) =>
      options.isDryRun ? lookAt(api, store) : bringUpToDate(api, store),
    );
    print(formatOf(command), { platform: 'current', isDryRun: options.isDryRun === true, stores }, () =>
      describe(stores, options.isDryRun === true),
    );
    if (stores.some(({ state }) => state === 'failed' || state === 'cancelled')) process.exitCode = 1;
  } finally {
    await api.close();
  }
}

/** @throws {StartupError} when a named store is not there */
function chooseStores(all: readonly ListedStore[], options: MigrateOptions): readonly ListedStore[] {
  const { codes = [], schemas = [] } = options;
  const wanted = codes.map((code) => code.trim().toLowerCase());
  const unknown = wanted.find((code) => !all.some((store) => store.code === code));
  if (unknown !== undefined) throw new StartupError(`No store has the code "${unknown}".`, 2);
  const schema = schemas.find((name) => !all.some((store) => store.schemaName === name));
  if (schema !== undefined) throw new StartupError(`No store has the schema "${schema}".`, 2);
  if (wanted.length + schemas.length === 0) return all;
  return all.filter((store) => wanted.includes(store.code) || schemas.includes(store.schemaName));
}

async function lookAt(api: ConsoleApi, store: NamedStore): Promise<MigratedStore> {
  try {
    const { migrations } = await api.call('storeMigrations', { params: { code: store.code } });
    const lacking = migrations.filter((one) => one.executedAt === null).map((one) => one.name);
    return migratedStore(store, lacking.length > 0 ? 'behind' : 'current', lacking);
  } catch (error) {
    return migratedStore(store, 'failed', [], (error as Error).message);
  }
}

async function bringUpToDate(api: ConsoleApi, store: NamedStore): Promise<MigratedStore> {
  try {
    const { ran } = await api.call('migrateStore', { params: { code: store.code } });
    return migratedStore(store, ran.length > 0 ? 'migrated' : 'current', ran);
  } catch (error) {
    return migratedStore(store, 'failed', [], (error as Error).message);
  }
}

const WORDS: Readonly<Record<MigratedStore['state'], string>> = {
  migrated: 'migrated',
  current: 'is up to date',
  behind: 'is behind',
  failed: 'FAILED',
  cancelled: 'not begun',
};

function describe(stores: readonly MigratedStore[], isDryRun: boolean): string {
  // Opening the data folder has brought the platform's own tables up to date.
  const rows = stores.map(({ code, state, migrations, error }) => [
    code,
    WORDS[state],
    error ?? (migrations.join(', ') || '-'),
  ]);
  const head = ['STORE', 'STATE', isDryRun ? 'WOULD RUN' : 'RAN'];
  return table(head, [['(platform)', WORDS.current, '-'], ...rows]);
}

function readParallel(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= MAX_AT_ONCE) return number;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_AT_ONCE}.`);
}
