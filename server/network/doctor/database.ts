import type { Finding } from '../../contract/doctor.ts';
import { about, count } from './finding.ts';
import type { LookedStore } from './stores.ts';

/** What the doctor asks the database. */
export interface DatabaseLook {
  /** `sqlite/database`. */
  readonly backend: () => string;
  /** Engine with version and place, as `SQLite 3.50 in /data`. */
  readonly label: () => string;
  /** Throws what is wrong. */
  readonly check: () => Promise<unknown>;
  /** By the database server's clock, in milliseconds since 1970; null where there is no server. */
  readonly time: () => (() => Promise<number | null>) | null;
}

/** Says whether the database answers, and whether each store of the sample opens and is up to date. */
export async function checkDatabase(
  look: DatabaseLook,
  stores: readonly LookedStore[],
  total: number,
): Promise<Finding[]> {
  return [await engine(look), opening(stores, total), ...migrations(stores)];
}

async function engine(look: DatabaseLook): Promise<Finding> {
  const finding = about('database', 'database:engine', 'Database');
  const began = performance.now();
  try {
    await look.check();
    const ms = Math.round(performance.now() - began);
    return finding.ok(`${look.label()} answers within ${Math.max(1, ms)} ms.`, {
      details: [`Backend ${look.backend()}`],
    });
  } catch (error) {
    return finding.failed(`${look.label()} does not answer: ${(error as Error).message}`, {
      fix: { text: 'Start the database server, or look at its log; the Backends page shows the connection.' },
    });
  }
}

/** "Schema not found" of the source document: the place of a store's data is missing or damaged. */
function opening(stores: readonly LookedStore[], total: number): Finding {
  const finding = about('database', 'database:stores', 'Data of the stores');
  const broken = stores.flatMap(({ code, fault, place }) => (fault === null ? [] : [{ code, fault, place }]));
  const looked = stores.length < total ? ` The ${stores.length} newest of ${total} were opened.` : '';
  if (broken.length === 0)
    return total === 0
      ? finding.skipped('There is no store yet.')
      : finding.ok(`${count(stores.length, 'store')} opened: schema or file, and tables, are there.${looked}`);
  return finding.failed(`${broken.map(({ code }) => code).join(', ')} cannot be opened.${looked}`, {
    details: broken.map(({ code, fault, place }) => `${code} (${place}): ${fault}`),
    fix: {
      text: 'Restore the store’s file or schema from a backup, or delete the store and make it anew.',
      command: `orion store delete ${broken[0]?.code}`,
    },
  });
}

/** "Migrations not applying" of the source document. */
function migrations(stores: readonly LookedStore[]): Finding[] {
  const finding = about('database', 'database:migrations', 'Migrations');
  const behind = stores.filter(({ pending }) => pending.length > 0);
  if (stores.length === 0) return [finding.ok('The platform’s own tables are up to date.')];
  if (behind.length === 0) return [finding.ok('The platform’s tables and those of the stores are up to date.')];
  return [
    finding.warning(`${count(behind.length, 'store')} lack migrations: ${behind.map(({ code }) => code).join(', ')}.`, {
      details: behind.map(({ code, pending }) => `${code}: ${pending.join(', ')}`),
      fix: { text: 'Run them; a store also gets them when it is opened.', command: 'orion migrate', action: 'migrate' },
    }),
  ];
}
