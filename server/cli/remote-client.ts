import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Fault } from '../contract/problem.ts';
import type { CreatedStore, DeletedStore, ListedStore } from '../contract/stores.ts';
import { AppError } from '../errors.ts';
import type { RunningServer } from '../network/running-server.ts';
import type { LoadedFixture, PlatformClient } from './platform-client.ts';

const ANSWER_TIMEOUT_MS = 60_000;

/** The platform of a running server, through the console's API. */
export function remoteClient(server: RunningServer): PlatformClient {
  const call = <Result>(method: string, path: string, body?: unknown) => callServer<Result>(server, method, path, body);
  const pathOf = (code: string) => encodeURIComponent(code);
  return {
    server,
    listStores: async () => (await call<{ stores: ListedStore[] }>('GET', '/api/stores')).stores,
    listDeletedStores: async () => (await call<{ stores: DeletedStore[] }>('GET', '/api/deleted-stores')).stores,
    createStore: (input) => call<CreatedStore>('POST', '/api/stores', input),
    async deleteStore(code, { permanently }) {
      const query = permanently ? '?permanently=true' : '';
      const path = `/api/stores/${pathOf(code)}${query}`;
      return (await call<{ restorableUntil: number | null }>('DELETE', path)).restorableUntil;
    },
    restoreStore: (code) => call<ListedStore>('POST', `/api/deleted-stores/${pathOf(code)}/restore`),
    storeLimits: (code, changes = {}) =>
      Object.keys(changes).length === 0
        ? call('GET', `/api/stores/${pathOf(code)}/limits`)
        : call('PATCH', `/api/stores/${pathOf(code)}/limits`, changes),
    loadFixtures: async (codes) => (await call<{ stores: LoadedFixture[] }>('POST', '/api/fixtures', { codes })).stores,
    why: (input) => call('POST', '/api/why', input),
    close: async () => undefined,
  };
}

/** Calls the console's API of a running server. @throws {AppError} with what the server said; what aborted it */
export async function callServer<Result>(
  server: RunningServer,
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Result> {
  const answer = await askServer(server, { method, path, body, signal });
  const received = await text(answer).catch((error: Error) => {
    throw signal?.aborted ? error : silentServer(server, error);
  });
  const read = readAnswer(received);
  if (read === null) throw unknownServer(server);
  return read as Result;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks the console's API of a running server, and gives its answer to be read as it comes.
 * @throws {AppError} with what the server said
 */
export async function askServer(server: RunningServer, asked: Asked): Promise<IncomingMessage> {
  const answer = await answerOf(server, asked);
  const status = answer.statusCode ?? 0;
  if (status < 400) return answer;
  const problem = readAnswer(await text(answer));
  throw problem === null ? unknownServer(server) : problemError(status, problem);
}

/** @throws {AppError} when nobody answers; whatever aborted it */
function answerOf(server: RunningServer, { method, path, body, signal }: Asked): Promise<IncomingMessage> {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const call = request(
      {
        // Names below .localhost do not resolve everywhere; the Host header says who is meant.
        host: '127.0.0.1',
        port: server.port,
        timeout: ANSWER_TIMEOUT_MS,
        ...(signal ? { signal } : {}),
        method,
        path,
        headers: {
          Host: `admin.${server.platformDomain}:${server.port}`,
          Authorization: `Bearer ${server.controlToken}`,
          Accept: 'application/json',
          ...(sent === undefined
            ? {}
            : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(sent) }),
        },
      },
      resolve,
    );
    call.on('error', (error) => reject(signal?.aborted ? error : silentServer(server, error)));
    call.on('timeout', () => call.destroy(new Error('it took too long')));
    call.end(sent);
  });
}

function silentServer({ port }: RunningServer, cause: Error): AppError {
  return new AppError(`The server on port ${port} does not answer: ${cause.message}`, {
    status: 503,
    code: 'server_silent',
    cause,
  });
}

function unknownServer({ port }: RunningServer): AppError {
  return new AppError(`What answers on port ${port} is not Orion Studio.`, { status: 502, code: 'server_unknown' });
}

/** The JSON of an answer; null when it is none. */
function readAnswer(received: string): object | null {
  try {
    return received === '' ? {} : JSON.parse(received);
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
