/** A Postgres for tests and benchmarks, without a test runner: Playwright tests and scripts use it as well. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../database/postgres/embedded-postgres.ts';
import { createLogger } from '../observability/log.ts';

export interface TestPostgres {
  /** Of the database `postgres`, as a superuser. */
  readonly url: string;
  readonly pid: number;
  /** Ends it and removes its folder. Repeatable. */
  stop(): Promise<void>;
}

/** Starts an empty Postgres in a temporary folder, on a free port of 127.0.0.1; nothing of it is kept safe on disk. */
export async function startTestPostgres(
  settings: Readonly<Record<string, string | number>> = {},
): Promise<TestPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'orion-postgres-'));
  const remove = () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir,
      log: createLogger({ level: 'silent', format: 'json' }),
      isDurable: false,
      settings: { max_connections: 200, ...settings },
    });
    const url = new URL(postgres.url);
    url.pathname = '/postgres';
    return {
      url: url.href,
      pid: postgres.pid() ?? 0,
      async stop() {
        await postgres.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
