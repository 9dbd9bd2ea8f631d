import { request } from 'node:http';
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
