import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { AppError, StartupError } from './errors.ts';
import { type DataFolder, openDataFolder } from './network/data-folder.ts';
import { listenOnLoopback } from './network/listen.ts';
import type { Logger } from './observability/log.ts';
import type { AppParts } from './parts.ts';
import { openPlatform, type Platform } from './platform.ts';
import { origin } from './tenancy/origin.ts';
import { version } from './version.ts';

const CONSOLE_LINK_VALID_MS = 24 * 60 * 60 * 1000;

/** A server that answers. */
export interface RunningPlatform {
  readonly parts: AppParts;
  readonly port: number;
  /** The landing page. */
  readonly url: string;
  readonly console: string;
  /** Signs in to the console once. */
  readonly signIn: string;
  /** Another link of this kind. */
  createSignIn(): string;
  stop(): Promise<void>;
}

/**
 * Starts everything: takes the data folder, migrates, loads demo stores on first run, listens.
 * @throws {StartupError} with what is wrong and what to do; whatever was started is ended again
 */
export async function startPlatform(
  config: Config,
  log: Logger,
  onProgress: (text: string) => void = () => undefined,
): Promise<RunningPlatform> {
  const folder = await openDataFolder(config.dataDir).catch((error: unknown) => {
    throw explained(error, config.dataDir);
  });
  try {
    const platform = await openPlatform(config, folder, log);
    try {
      await loadFirstFixtures(platform, config, onProgress);
      return await serve(platform, folder, config);
    } catch (error) {
      await platform.close();
      throw error;
    }
  } catch (error) {
    await folder.release();
    throw explained(error, config.dataDir);
  }
}

/** What the system or SQLite says of the folder's files, in a sentence; anything else is a fault of this program. */
function explained(error: unknown, dataDir: string): unknown {
  const { code, message } = error as { code?: unknown; message?: string };
  if (error instanceof StartupError || (typeof code !== 'string' && !(error instanceof AppError))) return error;
  return new StartupError(
    `The data folder ${dataDir} cannot be opened: ${message} Restore a backup, or name another folder with --data-dir.`,
  );
}

/** Demo stores are loaded once: who deletes them is not given them again. */
async function loadFirstFixtures(
  platform: Platform,
  config: Config,
  onProgress: (text: string) => void,
): Promise<void> {
  for (const code of config.fixtures) platform.parts.fixtures.check(code);
  if ((await platform.database.readSetting('fixtures')) !== undefined) return;
  for (const code of config.fixtures) {
    onProgress(`Loading the demo store ${code}`);
    await platform.parts.fixtures.load(code, { actor: 'system' });
  }
  await platform.database.writeSetting('fixtures', config.fixtures);
}

/** Lets the parts that lead clients here know the port. */
async function beginPac({ ports, pac, tls }: AppParts, port: number): Promise<void> {
  ports.http = port;
  await pac.begin(() => ({ http: port, https: tls.https.inForce.listeningPort }));
}

async function serve(platform: Platform, folder: DataFolder, config: Config): Promise<RunningPlatform> {
  const { parts } = platform;
  const handler = buildApp(parts).callback();
  const listening = await listenOnLoopback(handler, config.port, config.isPortFixed);
  try {
    await parts.tls.https.start(handler);
    await beginPac(parts, listening.port);
    await folder.announce({ pid: process.pid, port: listening.port, platformDomain: config.platformDomain, version });
  } catch (error) {
    await Promise.all([listening.close(), parts.tls.https.close(), parts.pac.close()]);
    throw error;
  }
  parts.hostsKeeper.start();
  const console = origin('http', `admin.${config.platformDomain}`, listening.port);
  const createSignIn = () => {
    const token = parts.links.create({ kind: 'console' }, CONSOLE_LINK_VALID_MS);
    return `${console}/sign-in?token=${token}`;
  };
  return {
    parts,
    port: listening.port,
    url: `${origin('http', config.platformDomain, listening.port)}/`,
    console: `${console}/`,
    signIn: createSignIn(),
    createSignIn,
    async stop() {
      // Streams of events would keep their connections open.
      parts.events.close();
      await Promise.all([listening.close(), parts.tls.https.close(), parts.pac.close()]);
      parts.hosts.close();
      await parts.hostsKeeper.stop();
      await platform.close();
      await folder.release();
    },
  };
}
