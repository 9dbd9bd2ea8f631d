import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type PostgresShellTarget, startOptions } from '../database/shell/postgres-session.ts';
import type { SqliteShellTarget } from '../database/shell/sqlite-session.ts';

/** A database's own client with what it is started with. Secrets stand in `env`, never in `args`: everybody sees those. */
export interface ClientProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The path of a program that is installed, or null. */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const candidates = folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `sqlite3` on a store's file. */
export function sqliteClient(file: string, { filename, views, canWrite }: SqliteShellTarget): ClientProgram {
  const before = ['.timeout 5000', 'PRAGMA foreign_keys = ON;', ...views.map((view) => `${view};`)];
  return {
    file,
    args: [...(canWrite ? [] : ['-readonly']), ...before.flatMap((line) => ['-cmd', line]), filename],
    env: {},
  };
}

/** `psql` on the database of a store's data. */
export function postgresClient(file: string, target: PostgresShellTarget): ClientProgram {
  const { host, port, database, user, password, sslMode, sslRootCert, sslCert, sslKey } = target.address;
  const files = { PGSSLROOTCERT: sslRootCert, PGSSLCERT: sslCert, PGSSLKEY: sslKey, PGPASSWORD: password };
  const named = Object.entries(files).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return {
    file,
    args: ['--host', host, '--port', String(port), '--username', user, '--dbname', database],
    env: { PGOPTIONS: startOptions(target), PGSSLMODE: sslMode, ...Object.fromEntries(named) },
  };
}

/** Runs the program on this terminal until it ends; returns its exit code. */
export function runClient({ file, args, env }: ClientProgram): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], { stdio: 'inherit', env: { ...process.env, ...env } });
    // Ctrl-C reaches both; it is the client's to answer.
    const ignore = () => undefined;
    process.on('SIGINT', ignore);
    const done = () => process.off('SIGINT', ignore);
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', (code) => {
      done();
      resolve(code ?? 1);
    });
  });
}
