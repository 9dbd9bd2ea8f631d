import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadConfig } from '../config.ts';
import type { BackendName } from '../database/store-database.ts';
import { createLogger } from '../observability/log.ts';
import { type RunningPlatform, startPlatform } from '../start.ts';
import { type Answer, type Ask, ask } from './http.ts';
import { createTestDatabase } from './postgres-server.ts';
import { type OnEnd, temporaryFolder } from './temporary-folder.ts';

export const BACKENDS = ['database', 'row'] as const;

/** Every backend, for what holds whatever keeps the stores apart. */
export const ALL_BACKENDS: readonly BackendName[] = [
  'sqlite/database',
  'sqlite/row',
  'postgres/row',
  'postgres/schema',
  'postgres/database',
];

/** One backend an engine, for what is the platform's own: its records do not know how stores are kept apart. */
export const BOTH_ENGINES: readonly BackendName[] = ['sqlite/database', 'postgres/row'];

export interface TestPlatform extends RunningPlatform {
  readonly dataDir: string;
  readonly ask: (input: Ask) => Promise<Answer>;
  /** The same with the command line's right to the console. */
  readonly askConsole: (input: Omit<Ask, 'host'>) => Promise<Answer>;
}

/** What starts a server on a backend over a data folder. */
export async function backendFlags(backend: BackendName, dataDir: string): Promise<string[]> {
  const [engine = '', isolation = ''] = backend.split('/');
  const flags = ['--engine', engine, '--isolation', isolation];
  if (engine === 'sqlite' || existsSync(join(dataDir, 'place.json'))) return flags;
  return [...flags, '--database-url', await createTestDatabase()];
}

/** A real server on a free port over real files; it ends with the test. */
export async function startTestPlatform(
  options: {
    readonly isolation?: string;
    /** On Postgres, a database of its own is made; a data folder that was used before knows its own. */
    readonly backend?: BackendName;
    readonly fixtures?: string;
    readonly dataDir?: string;
    readonly flags?: readonly string[];
    /** What of the log is kept in memory; it is written nowhere. */
    readonly logLevel?: 'debug' | 'info' | 'silent';
    /** For a platform that several tests share; see {@link shareUntilEnd}. */
    readonly onEnd?: OnEnd;
  } = {},
): Promise<TestPlatform> {
  const { onEnd = onTestFinished } = options;
  const dataDir = options.dataDir ?? temporaryFolder(onEnd);
  const { isolation = 'database', fixtures = 'none', flags = [] } = options;
  const backend = options.backend ? await backendFlags(options.backend, dataDir) : ['--isolation', isolation];
  const argv = ['--port', '0', '--data-dir', dataDir, ...backend, '--fixtures', fixtures, ...flags];
  const config = loadConfig({ argv, env: {}, cwd: dataDir });
  const platform = await startPlatform(config, createLogger({ level: options.logLevel ?? 'silent', format: 'none' }));
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await platform.stop();
  };
  onEnd(stop);
  const { port } = platform;
  return {
    ...platform,
    stop,
    dataDir,
    ask: (input) => ask(port, input),
    askConsole: (input) =>
      ask(port, {
        ...input,
        host: 'admin.localhost:{port}',
        headers: { Authorization: `Bearer ${platform.parts.controlToken}`, ...input.headers },
      }),
  };
}

/**
 * For what every test of a file shares: `beforeAll(() => shareUntilEnd(async (onEnd) => { platform = await
 * startTestPlatform({ onEnd }); }))`. What was made is ended after the last of them, the latest first.
 */
export async function shareUntilEnd(make: (onEnd: OnEnd) => Promise<void>): Promise<() => Promise<void>> {
  const ends: (() => void | Promise<void>)[] = [];
  await make((end) => ends.push(end));
  return async () => {
    for (const end of ends.reverse()) await end();
  };
}

/** Signs in with the platform's first link, which works once; returns the `Cookie` header. */
export async function signInToConsole(platform: TestPlatform): Promise<string> {
  const { pathname, search } = new URL(platform.signIn);
  const answer = await platform.ask({ host: 'admin.localhost:{port}', path: pathname + search });
  return answer.headers['set-cookie']?.split(';')[0] ?? '';
}
