import type { BackendId } from '../../server/contract/backends.ts';
import type { ServerCommand } from './child.ts';

export interface OrionOptions {
  readonly dataDir: string;
  /** Absent: `sqlite/database`. A Postgres one runs on the server's own Postgres, in the data folder. */
  readonly backend?: BackendId;
  /** Whether requests are kept for the inspector; that is the default. */
  readonly isRecording?: boolean;
  readonly nodeFlags?: readonly string[];
}

/** This project's server as it is delivered: default configuration, any free port, no log. */
export function orionServer(options: OrionOptions): ServerCommand {
  return {
    entry: 'server/main.ts',
    args: [
      '--json',
      ...['--port', '0'],
      ...['--data-dir', options.dataDir],
      ...['--fixtures', 'none'],
      ...['--log-level', 'silent'],
      ...backendFlags(options.backend ?? 'sqlite/database'),
    ],
    env: options.isRecording === false ? { ORION_TRACE_REQUESTS: '0' } : {},
    ...(options.nodeFlags ? { nodeFlags: options.nodeFlags } : {}),
  };
}

/** The server's flags for a backend, on a new data folder or one that was made with it. */
export function backendFlags(backend: BackendId): string[] {
  const [engine = '', isolation = ''] = backend.split('/');
  return ['--engine', engine, '--isolation', isolation];
}

/** The limit: the same page written by hand on the fastest parts, reading a copy of the same data folder. */
export function limitServer(dataDir: string): ServerCommand {
  return { entry: 'e2e/bench/limit/main.ts', args: [dataDir] };
}

/** The same page as the documentation of Koa, Sequelize, sqlite3 and EJS shows, on one database made from the folder. */
export function documentedServer(dataDir: string, databaseFile: string): ServerCommand {
  return { entry: 'e2e/bench/documented/main.ts', args: [dataDir, databaseFile] };
}
