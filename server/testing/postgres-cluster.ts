/** A Postgres for tests and benchmarks, without a test runner: Playwright tests and scripts use it as well. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../database/postgres/embedded-postgres.ts';
import { createLogger } from '../observability/log.ts';

export interface TestPostgres {
  /** Of the database `postgres`, as a superuser. */
  readonly url: string;
  readonly pid: number;
  /** The folder of its cluster. */
  readonly directory: string;
  /** Ends it and removes its folder. Repeatable. */
  stop(): Promise<void>;
}

const PREFIX = 'orion-postgres-';

/** Starts an empty Postgres in a temporary folder, on a free port of 127.0.0.1; nothing of it is kept safe on disk. */
export async function startTestPostgres(
  settings: Readonly<Record<string, string | number>> = {},
): Promise<TestPostgres> {
  await removeLeftovers();
  const dataDir = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
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
      directory: postgres.directory,
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

/** Folders of processes that were killed: each is 40 MB. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? /^(\d+)-/.exec(name.slice(PREFIX.length))?.[1] : undefined;
    if (owner === undefined || isRunning(Number(owner))) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
