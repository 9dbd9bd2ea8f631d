import {
  type Operation,
  type OperationInput,
  type OperationName,
  type OperationOutput,
  operations,
} from '../contract/operations.ts';
import { StartupError } from '../errors.ts';
import { findRunningServer, type RunningServer } from '../network/running-server.ts';
import { version } from '../version.ts';
import { callServer } from './remote-client.ts';

/** The console's API of a data folder, as commands use it. */
export interface ConsoleApi {
  /** The server in use, or null when this command has opened the data folder itself. */
  readonly server: RunningServer | null;
  /** @throws {AppError} with what the server said */
  call<Name extends OperationName>(name: Name, input?: Partial<OperationInput<Name>>): Promise<OperationOutput<Name>>;
  /** Repeatable. */
  close(): Promise<void>;
}

/**
 * Opens the console's API of a data folder: of its running server, or of one for this command alone, which nobody is
 * told of and which ends with it. Both are the same code, so a command does the same either way.
 * @throws {StartupError} when the folder cannot be used
 */
export async function openConsoleApi(dataDir: string): Promise<ConsoleApi> {
  const running = await findRunningServer(dataDir);
  if (running) return { server: running, call: caller(running), close: async () => undefined };
  const [{ buildApp }, { listenOnLoopback }, { openLocalPlatform }] = await Promise.all([
    import('../app.ts'),
    import('../network/listen.ts'),
    import('./local-client.ts'),
  ]);
  // What the API refuses is told by the command itself.
  const platform = await openLocalPlatform(dataDir, 'error');
  const { parts } = platform;
  try {
    const listening = await listenOnLoopback(buildApp(parts).callback(), 0, true);
    const { platformDomain } = parts.config;
    const own = { pid: process.pid, port: listening.port, platformDomain, version, controlToken: parts.controlToken };
    let isClosed = false;
    return {
      server: null,
      call: caller(own),
      async close() {
        if (isClosed) return;
        isClosed = true;
        parts.events.close();
        await listening.close();
        await platform.close();
      },
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
}

function caller(server: RunningServer): ConsoleApi['call'] {
  return (name, input = {}) => {
    const { method, path }: Operation = operations[name];
    const { params = {}, query = {}, body } = input as CallInput;
    const filled = path.replace(/\{(\w+)\}/g, (_match, key: string) => {
      // Without it the path would be that of something else.
      if (!params[key]) throw new StartupError(`The ${key} is empty. Give it a value.`, 2);
      return encodeURIComponent(params[key]);
    });
    const asked = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) if (value !== undefined) asked.set(key, String(value));
    const search = asked.size > 0 ? `?${asked}` : '';
    return callServer(server, method.toUpperCase(), filled + search, body);
  };
}

interface CallInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}
