import { loadConfig } from '../../server/config.ts';
import type { BackendId } from '../../server/contract/backends.ts';
import { openDataFolder } from '../../server/network/data-folder.ts';
import { createLogger } from '../../server/observability/log.ts';
import { openPlatform, type Platform } from '../../server/platform.ts';
import { backendFlags } from './candidates.ts';
import { seedContent } from './seed-content.ts';

/** The codes of the benchmarks' stores; the first one is number 1. */
export function storeCodes(count: number): string[] {
  return Array.from({ length: count }, (_unused, index) => storeCode(index + 1));
}

export function storeCode(number: number): string {
  return `shop-${String(number).padStart(4, '0')}`;
}

/** The host names of the same stores. */
export function storeHosts(count: number): string[] {
  return storeCodes(count).map((code) => `${code}.localhost`);
}

/** Makes a data folder with stores, through the same service as everything else that makes stores. */
export async function seedDataFolder(
  dataDir: string,
  count: number,
  backend: BackendId = 'sqlite/database',
): Promise<void> {
  await withPlatform(dataDir, backend, async ({ parts }) => {
    for (const [index, code] of storeCodes(count).entries()) {
      const seed = parts.fixtures.seedNew('empty');
      const store = await parts.stores.create({ name: `Shop ${index + 1}`, code }, { seed, actor: 'benchmark' });
      await parts.backend.use(store, (database) => database.transaction((inside) => seedContent(index + 1, inside)));
    }
  });
}

/** Runs `work` with the platform of a data folder, opened in this process; a new folder begins on `backend`. */
export async function withPlatform<Result>(
  dataDir: string,
  backend: BackendId,
  work: (platform: Platform) => Promise<Result>,
): Promise<Result> {
  const opened = await openFolder(dataDir, backend);
  try {
    return await work(opened.platform);
  } finally {
    await opened.close();
  }
}

/** An opened platform of a data folder. */
export interface OpenedFolder {
  readonly platform: Platform;
  close(): Promise<void>;
}

/** Opens the platform of a data folder, for as long as the caller wants. */
export async function openFolder(dataDir: string, backend: BackendId): Promise<OpenedFolder> {
  const argv = ['--data-dir', dataDir, '--fixtures', 'none', ...backendFlags(backend)];
  const folder = await openDataFolder(dataDir);
  try {
    const config = loadConfig({ argv, env: {}, cwd: dataDir });
    const platform = await openPlatform(config, folder, createLogger({ level: 'silent', format: 'json' }));
    const close = async () => {
      await platform.close();
      await folder.release();
    };
    return { platform, close };
  } catch (error) {
    await folder.release();
    throw error;
  }
}
