/** Provisioning without a server, its steps failing and crashing where a test wants it. */
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { loadConfig } from '../config.ts';
import type { Place } from '../database/place.ts';
import {
  auditLog,
  memberships,
  provisioningJobs,
  type StoreRecord,
  storeDomains,
  stores,
  users,
} from '../database/platform-tables.ts';
import type { BackendName, Engine, Isolation } from '../database/store-database.ts';
import { products } from '../modules/catalog/models.ts';
import { createSeeder } from '../modules/fixtures/module.ts';
import { openDataFolder } from '../network/data-folder.ts';
import { createLogger } from '../observability/log.ts';
import { placeOpener } from '../open-place.ts';
import { LogoFiles } from '../tenancy/logo-files.ts';
import { Provisioning, type ResumedJob } from '../tenancy/provisioning.ts';
import { type ProvisioningInput, packLogo } from '../tenancy/provisioning-input.ts';
import { type ProvisioningParts, STEPS, type StepWork } from '../tenancy/provisioning-steps.ts';
import { makePicture } from './pictures.ts';
import { createTestDatabase } from './postgres-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

const picture = await makePicture('png');
/** A store with everything a store can be given. */
export const INPUT: ProvisioningInput = {
  draft: {
    name: 'Half made',
    code: 'half-made',
    currency: 'EUR',
    color: '#2563eb',
    owner: { email: 'ann@example.com', name: 'Ann' },
    domains: ['half.example.com', 'made.example.com'],
  },
  recipe: {
    catalogue: 'techstore',
    isDemo: false,
    hasOwnColor: true,
    logo: packLogo({ picture, favicon: picture, width: 40, height: 30 }),
  },
  actor: 'test',
};

export interface ProvisioningKit {
  readonly dataDir: string;
  readonly place: Place;
  readonly parts: ProvisioningParts;
  readonly storageDir: string;
  readonly storesDir: string;
  /** Lets the folder go, for a server to open it. */
  close(): Promise<void>;
  /** As a server that was just started has it. */
  provisioning(work?: readonly StepWork[]): Provisioning;
}

/** A platform without a server. */
export async function openProvisioningKit(name: BackendName): Promise<ProvisioningKit> {
  const dataDir = temporaryFolder();
  const folder = await openDataFolder(dataDir);
  const config = loadConfig({ argv: ['--data-dir', dataDir], env: {}, cwd: dataDir });
  const log = createLogger({ level: 'silent', format: 'json' });
  const [engine, isolation] = name.split('/') as [Engine, Isolation];
  const databaseUrl = engine === 'postgres' ? await createTestDatabase() : null;
  const place = await placeOpener({ config, folder, log })({ engine, databaseUrl });
  const backend = place.openBackend(isolation);
  await backend.migrate();
  await place.platform.writeSetting('backend', name);
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await backend.close();
    await place.close();
    await folder.release();
  };
  onTestFinished(close);
  const { storageDir, storesDir } = folder;
  const fixturesDir = join(import.meta.dirname, '../../fixtures/stores');
  const parts: ProvisioningParts = {
    platform: place.platform,
    backend,
    removeFiles: ({ id }) => rm(join(storageDir, `store_${id}`), { recursive: true, force: true }),
    seed: createSeeder({ logos: new LogoFiles(storageDir), fixturesDir, storageDir }),
  };
  return {
    dataDir,
    place,
    parts,
    storageDir,
    storesDir,
    close,
    provisioning: (work) => new Provisioning(parts, () => undefined, work),
  };
}

/** The steps, one of which fails when it has done all it does: the most there can be to take back. */
export function failAfter(step: string): StepWork[] {
  return STEPS.map((work) =>
    work.step === step
      ? {
          ...work,
          async run(context, store) {
            await work.run(context, store);
            throw new Error(`${step} broke`);
          },
        }
      : work,
  );
}

/**
 * Runs the steps up to this one and no further: not even what a failure would undo.
 * @param noted whether the crash comes after the note that the step is done, or before it
 */
export async function crashAfter(
  kit: ProvisioningKit,
  step: string,
  { input = INPUT, noted = true }: { readonly input?: ProvisioningInput; readonly noted?: boolean } = {},
): Promise<void> {
  const crash = Promise.withResolvers<void>();
  const cut = STEPS.map((work) =>
    work.step === step
      ? {
          ...work,
          async run(...[context, store]: Parameters<StepWork['run']>) {
            await work.run(noted ? context : { ...context, note: async () => undefined }, store);
            crash.resolve();
            return new Promise<never>(() => undefined);
          },
        }
      : work,
  );
  void kit.provisioning(cut).make(input);
  await crash.promise;
}

/** Everything is there, and once. */
export async function expectComplete(
  { place, parts, storageDir }: ProvisioningKit,
  store: StoreRecord | null,
): Promise<void> {
  if (!store) throw new Error('the store is not there');
  const { platform } = place;
  expect(store).toMatchObject({ state: 'ready', name: 'Half made', logo: { width: 40, height: 30 } });
  expect(await parts.backend.use(store, (database) => database.table(products).count())).toBe(2);
  const domains = await platform.table(storeDomains).find({ order: [['id', 'asc']] });
  expect(domains.map(({ domain, isPrimary }) => [domain, isPrimary])).toEqual([
    ['half.example.com', true],
    ['made.example.com', false],
  ]);
  expect(await platform.table(memberships).find()).toMatchObject([{ storeId: store.id, role: 'store_owner' }]);
  const logos = readdirSync(join(storageDir, `store_${store.id}`)).filter((name) => /^(logo|favicon)-/.test(name));
  expect(logos.sort()).toEqual([store.logo?.favicon, store.logo?.file].sort());
  const audited = await platform.table(auditLog).find({ where: { storeId: store.id } });
  expect(audited.map((entry) => [entry.action, entry.actor])).toEqual([['store.create', 'test']]);
}

/** No row, no file and no name of the store is left. */
export async function expectNothing({ place, storageDir, storesDir }: ProvisioningKit): Promise<void> {
  for (const definition of [stores, storeDomains, memberships, users])
    expect(await place.platform.table<object>(definition as never).find(), definition.table).toEqual([]);
  expect(existsSync(storageDir) ? readdirSync(storageDir) : []).toEqual([]);
  const files = existsSync(storesDir) ? readdirSync(storesDir) : [];
  expect(files.filter((file) => file.startsWith('store_'))).toEqual([]);
  const kept = await place.platform.table(provisioningJobs).find({});
  for (const job of kept) expect(job.input).toBeNull();
}

/** What the next start does; returns what became of the jobs, when all have ended. */
export async function startAgain(kit: ProvisioningKit): Promise<ResumedJob[]> {
  const ended: ResumedJob[] = [];
  const provisioning = kit.provisioning();
  const unfinished = (await provisioning.list()).filter((job) => job.finishedAt === null);
  const resuming = await provisioning.resume((job) => ended.push(job));
  for (const { code } of unfinished) await provisioning.settled(code);
  await resuming.stop();
  return ended;
}
