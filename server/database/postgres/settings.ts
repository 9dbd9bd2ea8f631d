import type { ConnectionOptions } from 'node:tls';

/** How a Postgres database is reached. */
export interface PostgresSettings {
  /** Name or address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly ssl: false | ConnectionOptions;
}
