import { loadConfig } from '../../server/config.ts';
import { openDataFolder } from '../../server/network/data-folder.ts';
import { createLogger } from '../../server/observability/log.ts';
import { openPlatform } from '../../server/platform.ts';
import { seedContent } from './seed-content.ts';

/** The codes of the benchmarks' stores; the first one is number 1. */
export function storeCodes(count: number): string[] {
  return Array.from({ length: count }, (_unused, index) => `shop-${String(index + 1).padStart(4, '0')}`);
}

/** The host names of the same stores. */
export function storeHosts(count: number): string[] {
  return storeCodes(count).map((code) => `${code}.localhost`);
}

/** Makes a data folder with stores, through the same service as everything else that makes stores. */
export async function seedDataFolder(
  dataDir: string,
  count: number,
  isolation: 'database' | 'row' = 'database',
): Promise<void> {
  const argv = ['--data-dir', dataDir, '--fixtures', 'none', '--isolation', isolation];
  const folder = await openDataFolder(dataDir);
  try {
    const config = loadConfig({ argv, env: {}, cwd: dataDir });
    const platform = await openPlatform(config, folder, createLogger({ level: 'silent', format: 'json' }));
    try {
      for (const [index, code] of storeCodes(count).entries()) {
        const { stores, fixtures, backend } = platform.parts;
        const seed = fixtures.seedNew('empty');
        const store = await stores.create({ name: `Shop ${index + 1}`, code }, { seed, actor: 'benchmark' });
        await backend.use(store, (database) => database.transaction((inside) => seedContent(index + 1, inside)));
      }
    } finally {
      await platform.close();
    }
  } finally {
    await folder.release();
  }
}
