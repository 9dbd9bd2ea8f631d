import { request } from 'node:http';
import { loadConfig } from '../config.ts';
import { createStoreInput } from '../console/input.ts';
import { type StoreUrls, storeUrls } from '../console/store-urls.ts';
import { AppError, type Fault } from '../errors.ts';
import { openDataFolder } from '../network/data-folder.ts';
import { findRunningServer, type RunningServer } from '../network/running-server.ts';
import { createLogger } from '../observability/log.ts';
import type { AppParts } from '../parts.ts';
import { openPlatform, type Platform } from '../platform.ts';
import { type ExplainInput, explainUrl } from '../tenancy/explain-url.ts';
import type { StepReport } from '../tenancy/provisioning.ts';
import type { Resolution, StoreSummary } from '../tenancy/resolution.ts';

const ANSWER_TIMEOUT_MS = 60_000;

export type ListedStore = StoreSummary & { readonly domains: readonly string[]; readonly urls: StoreUrls };

export interface NewStore {
  readonly name: string;
  readonly code?: string | undefined;
  readonly currency?: string | undefined;
  readonly color?: string | undefined;
  readonly ownerEmail?: string | undefined;
  readonly domains?: readonly string[] | undefined;
  readonly catalogue?: string | undefined;
}

/** What commands do to a platform, whether its server runs or not. */
export interface PlatformClient {
  /** The server in use, or null when the data folder was opened by this command itself. */
  readonly server: RunningServer | null;
  listStores(): Promise<ListedStore[]>;
  createStore(input: NewStore): Promise<ListedStore & { readonly steps: readonly StepReport[] }>;
  deleteStore(code: string): Promise<void>;
  loadFixtures(
    codes: readonly string[],
  ): Promise<{ readonly code: string; readonly name: string; readonly isNew: boolean }[]>;
  why(input: ExplainInput): Promise<Resolution>;
  close(): Promise<void>;
}

/**
 * Opens the platform of a data folder: through its running server, which alone may write then, or by itself.
 * @throws {StartupError} when the folder cannot be used
 */
export async function openClient(dataDir: string): Promise<PlatformClient> {
  const server = await findRunningServer(dataDir);
  if (server) return remoteClient(server);
  try {
    return localClient(await openLocalPlatform(dataDir));
  } catch (error) {
    // A server may have started at the same moment.
    const started = await findRunningServer(dataDir);
    if (started) return remoteClient(started);
    throw error;
  }
}

/** Calls the console's API of a running server. @throws {AppError} with what the server said */
export function callServer<Result>(
  server: RunningServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<Result> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const call = request(
      {
        // Names below .localhost do not resolve everywhere; the Host header says who is meant.
        host: '127.0.0.1',
        port: server.port,
        timeout: ANSWER_TIMEOUT_MS,
        method,
        path,
        headers: {
          Host: `admin.${server.platformDomain}:${server.port}`,
          Authorization: `Bearer ${server.controlToken}`,
          Accept: 'application/json',
          ...(text === undefined
            ? {}
            : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
        },
      },
      (response) => {
        let received = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          received += chunk;
        });
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          const answer = readAnswer(received);
          if (answer === null)
            reject(
              new AppError(`What answers on port ${server.port} is not Orion Studio.`, {
                status: 502,
                code: 'server_unknown',
              }),
            );
          else if (status < 400) resolve(answer as Result);
          else reject(problemError(status, answer));
        });
      },
    );
    call.on('error', (error) =>
      reject(
        new AppError(`The server on port ${server.port} does not answer: ${error.message}`, {
          status: 503,
          code: 'server_silent',
          cause: error,
        }),
      ),
    );
    call.on('timeout', () => call.destroy(new Error('it took too long')));
    call.end(text);
  });
}

/** The JSON of an answer; null when it is none. */
function readAnswer(text: string): object | null {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return null;
  }
}

function problemError(
  status: number,
  problem: { readonly detail?: string; readonly code?: string; readonly errors?: readonly Fault[] },
): AppError {
  return new AppError(problem.detail ?? `The server answered ${status}.`, {
    status,
    code: problem.code ?? 'error',
    faults: problem.errors ?? [],
  });
}

function remoteClient(server: RunningServer): PlatformClient {
  return {
    server,
    listStores: async () => (await callServer<{ stores: ListedStore[] }>(server, 'GET', '/api/stores')).stores,
    createStore: (input) => callServer(server, 'POST', '/api/stores', input),
    deleteStore: (code) => callServer(server, 'DELETE', `/api/stores/${encodeURIComponent(code)}`),
    loadFixtures: async (codes) =>
      (
        await callServer<{ stores: { code: string; name: string; isNew: boolean }[] }>(
          server,
          'POST',
          '/api/fixtures',
          { codes },
        )
      ).stores,
    why: (input) => callServer(server, 'POST', '/api/why', input),
    close: async () => undefined,
  };
}

/** A platform that this command has opened itself. */
export interface LocalPlatform {
  readonly parts: AppParts;
  readonly port: number;
  close(): Promise<void>;
}

/** Opens the data folder; it is taken, so that no server starts meanwhile. */
export async function openLocalPlatform(dataDir: string): Promise<LocalPlatform> {
  const argv = ['--data-dir', dataDir, '--trace-requests', '0'];
  const config = loadConfig({ argv, env: process.env, cwd: process.cwd() });
  const folder = await openDataFolder(dataDir);
  let platform: Platform;
  try {
    platform = await openPlatform(config, folder, createLogger({ level: 'warn', format: 'pretty' }));
  } catch (error) {
    await folder.release();
    throw error;
  }
  return {
    parts: platform.parts,
    port: config.port,
    async close() {
      await platform.close();
      await folder.release();
    },
  };
}

function localClient(platform: LocalPlatform): PlatformClient {
  const { parts } = platform;
  const actor = 'command line';
  const present = async (store: StoreSummary): Promise<ListedStore> => {
    const domains = await parts.stores.domains(store.id);
    return { ...store, domains, urls: storeUrls(store, domains, parts.resolver, 'http', platform.port) };
  };
  return {
    server: null,
    listStores: async () => Promise.all((await parts.stores.list()).map(present)),
    async createStore(input) {
      const { catalogue, ...rest } = createStoreInput.parse(input);
      const steps: StepReport[] = [];
      const seed = parts.fixtures.seedNew(rest.name, catalogue);
      const store = await parts.stores.create(rest, {
        seed,
        actor,
        onStep: (report) => report.state !== 'running' && steps.push(report),
      });
      return { ...(await present(store)), steps };
    },
    async deleteStore(code) {
      await parts.stores.delete(code, actor);
    },
    async loadFixtures(codes) {
      const loaded = [];
      for (const code of codes) loaded.push(await parts.fixtures.load(code, { actor }));
      return loaded.map(({ store, isNew }) => ({ code: store.code, name: store.name, isNew }));
    },
    why: (input) => explainUrl(input, parts.directory, parts.resolver),
    close: () => platform.close(),
  };
}
