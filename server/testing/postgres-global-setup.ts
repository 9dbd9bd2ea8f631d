/** Vitest's global setup for integration tests: one Postgres for the whole run, started when the first test asks for it. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startTestPostgres, type TestPostgres } from './postgres-cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers with the URL of the run's Postgres. */
    postgresStarter: string;
  }
}

/** Opens a door through which the tests' processes ask for Postgres; returns what ends both. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const secret = randomUUID();
  let postgres: Promise<TestPostgres> | undefined;
  const door = createServer((request, response) => {
    if (request.url !== `/${secret}`) return response.writeHead(404).end();
    postgres ??= startTestPostgres();
    postgres.then(
      ({ url }) => response.end(url),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  door.unref();
  project.provide('postgresStarter', `http://127.0.0.1:${(door.address() as AddressInfo).port}/${secret}`);
  return async () => {
    door.close();
    door.closeAllConnections();
    // One that did not start has told the test why.
    await postgres?.then(({ stop }) => stop()).catch(() => undefined);
  };
}
