/** Which recorded requests a command means, and the server that has them. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ListRequestsInput } from '../contract/requests.ts';
import { ROUTING_MODES } from '../contract/requests.ts';
import { StartupError } from '../errors.ts';
import type { RunningServer } from '../network/running-server.ts';
import { type ConsoleApi, openConsoleApi } from './console-api.ts';
import { dataDirOf } from './context.ts';
import { callServer } from './remote-client.ts';

/** As many as the server gives at once. */
export const MAX_LISTED = 1000;

export interface FilterFlags {
  readonly store?: string;
  readonly status?: string;
  readonly mode?: (typeof ROUTING_MODES)[number];
  readonly method?: string;
  readonly text?: string;
}

/** The console's API of the running server. */
export interface ServerApi extends ConsoleApi {
  readonly server: RunningServer;
}

/** Adds the flags that choose among recorded requests. */
export function withFilter(command: Command): Command {
  return command
    .option('--store <code>', 'of one store; "-" for those that reached none')
    .option('--status <status>', 'such as 404 or 5xx')
    .addOption(modeOption('by one routing mode'))
    .option('--method <method>', 'such as POST', readMethod)
    .option('--text <text>', 'text in method, host or path');
}

export function modeOption(description: string): Option {
  return new Option('--mode <mode>', description).choices([...ROUTING_MODES]);
}

/** @throws {InvalidArgumentError} when it is no number of requests */
export function readLimit(given: string): number {
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LISTED)
    throw new InvalidArgumentError(`It must be a number from 1 to ${MAX_LISTED}.`);
  return limit;
}

/** @throws {InvalidArgumentError} when no request can have it */
function readMethod(given: string): string {
  if (!/^[a-z][a-z-]*$/i.test(given)) throw new InvalidArgumentError('It must be a method such as GET.');
  return given.toUpperCase();
}

/** The filter as the API takes it. @throws {StartupError} naming an empty flag */
export function filterOf({ store, status, mode, method, text }: FilterFlags): ListRequestsInput {
  const given = { store, status, mode, method, text };
  refuseEmpty(given);
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as ListRequestsInput;
}

/**
 * Refuses flags with an empty text, as an unset variable of a shell leaves them: they would count as not given.
 * @throws {StartupError} exit code 2, naming the first
 */
export function refuseEmpty(flags: Readonly<Record<string, string | undefined>>): void {
  const empty = Object.keys(flags).find((name) => flags[name] === '');
  if (empty !== undefined) throw new StartupError(`--${empty} is empty. Give it a value, or leave it out.`, 2);
}

/**
 * To be asked where nothing was found: a store that was deleted still has its requests and lines, one that never was has
 * none and is most likely misspelt.
 * @throws {AppError} 404 when there is no such store
 */
export async function requireStore(server: RunningServer, code: string | undefined): Promise<void> {
  if (code !== undefined && code !== '-') await callServer(server, 'GET', `/api/stores/${encodeURIComponent(code)}`);
}

/** Requests are in the server's memory: without one there is nothing to show. */
export async function withServer(command: Command, work: (api: ServerApi) => Promise<void>): Promise<void> {
  const dataDir = dataDirOf(command);
  const api = await openConsoleApi(dataDir);
  try {
    const { server } = api;
    if (!server)
      throw new StartupError(
        `No server runs over the data folder ${dataDir}, and requests are recorded by a running server. Start it with: npx orion serve`,
      );
    await work({ ...api, server });
  } finally {
    await api.close();
  }
}
