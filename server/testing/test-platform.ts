import { onTestFinished } from 'vitest';
import { loadConfig } from '../config.ts';
import { createLogger } from '../observability/log.ts';
import { type RunningPlatform, startPlatform } from '../start.ts';
import { type Answer, type Ask, ask } from './http.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const BACKENDS = ['database', 'row'] as const;

export interface TestPlatform extends RunningPlatform {
  readonly dataDir: string;
  readonly ask: (input: Ask) => Promise<Answer>;
  /** The same with the command line's right to the console. */
  readonly askConsole: (input: Omit<Ask, 'host'>) => Promise<Answer>;
}

/** A real server on a free port over real files; it ends with the test. */
export async function startTestPlatform(
  options: {
    readonly isolation?: string;
    readonly fixtures?: string;
    readonly dataDir?: string;
    readonly flags?: readonly string[];
  } = {},
): Promise<TestPlatform> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const { isolation = 'database', fixtures = 'none', flags = [] } = options;
  const argv = ['--port', '0', '--data-dir', dataDir, '--isolation', isolation, '--fixtures', fixtures, ...flags];
  const config = loadConfig({ argv, env: {}, cwd: dataDir });
  const platform = await startPlatform(config, createLogger({ level: 'silent', format: 'json' }));
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await platform.stop();
  };
  onTestFinished(stop);
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

/** Signs in with the platform's first link, which works once; returns the `Cookie` header. */
export async function signInToConsole(platform: TestPlatform): Promise<string> {
  const { pathname, search } = new URL(platform.signIn);
  const answer = await platform.ask({ host: 'admin.localhost:{port}', path: pathname + search });
  return answer.headers['set-cookie']?.split(';')[0] ?? '';
}
