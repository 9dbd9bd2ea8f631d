import { join } from 'node:path';
import type { Command } from 'commander';
import { openPostgresSession } from '../database/shell/postgres-session.ts';
import type { ShellSession } from '../database/shell/shell-session.ts';
import { openSqliteSession } from '../database/shell/sqlite-session.ts';
import { openConsoleApi } from './console-api.ts';
import { dataDirOf, shellFormatOf } from './context.ts';
import { findProgram, postgresClient, runClient, sqliteClient } from './installed-client.ts';
import { runShellLoop } from './shell-loop.ts';
import { locateStoreData, type ShellTarget } from './shell-target.ts';
import { resultText } from './shell-text.ts';

/** The flags of `orion dbshell`. */
export interface ShellFlags {
  readonly command?: string;
  readonly write?: boolean;
  readonly builtIn?: boolean;
  readonly history?: boolean;
}

/**
 * Opens a shell on a store's data, or runs the one statement that was given.
 * @throws {AppError} when there is no such store, its data cannot be read, or the statement fails
 */
export async function openShell(code: string, flags: ShellFlags, command: Command): Promise<void> {
  const dataDir = dataDirOf(command);
  const format = shellFormatOf(command);
  const api = await openConsoleApi(dataDir);
  try {
    const target = await locateStoreData(api, dataDir, code, flags.write === true);
    // A Postgres that this command has started itself must run as long as its shell; files need nobody.
    if (!target.needsServer) await api.close();
    if (flags.command !== undefined) {
      const sql = flags.command;
      await withSession(target, async (session) => {
        const text = resultText(await session.run(sql.replace(/;\s*$/, '')), format);
        if (text !== '') process.stdout.write(`${text}\n`);
      });
      return;
    }
    const historyFile = flags.history ? join(dataDir, 'dbshell-history') : null;
    const isWell = await interact(target, flags, historyFile);
    if (!isWell) process.exitCode = 1;
  } finally {
    await api.close();
  }
}

/** Returns whether everything that was asked succeeded. */
async function interact(target: ShellTarget, flags: ShellFlags, historyFile: string | null): Promise<boolean> {
  if (process.stdin.isTTY) process.stderr.write(`${target.greeting}\n`);
  const program = flags.builtIn ? null : clientFor(target);
  if (program) return (await runClient(program)) === 0;
  let isWell = false;
  await withSession(target, async (session) => {
    isWell = await runShellLoop(session, { prompt: target.code, historyFile });
  });
  return isWell;
}

function clientFor(target: ShellTarget) {
  const file = findProgram(target.engine === 'sqlite' ? 'sqlite3' : 'psql');
  if (file === null) return null;
  return target.engine === 'sqlite' ? sqliteClient(file, target) : postgresClient(file, target);
}

async function withSession(target: ShellTarget, work: (session: ShellSession) => Promise<void>): Promise<void> {
  const session = target.engine === 'sqlite' ? openSqliteSession(target) : await openPostgresSession(target);
  try {
    await work(session);
  } finally {
    await session.close();
  }
}
