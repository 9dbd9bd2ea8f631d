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

interface ShellFlags {
  readonly command?: string;
  readonly write?: boolean;
  readonly builtIn?: boolean;
  readonly history?: boolean;
}

const HELP = `
On a terminal this runs sqlite3 or psql when it is installed, else a shell of its own (\\? in it for help).
It works beside a running server, and only reads unless --write is given.

Examples:
  orion dbshell techstore
  orion dbshell techstore -c "SELECT title, price_minor FROM products LIMIT 5"
  orion dbshell techstore -c "SELECT * FROM orders" --format csv > orders.csv
  orion dbshell techstore --write < changes.sql`;

/** `orion dbshell STORE`, after Django's command of the same name. */
export function addDbshellCommand(program: Command): void {
  program
    .command('dbshell')
    .argument('<store>', "the store's code")
    .description("open an SQL shell on a store's data")
    .option('-c, --command <sql>', 'run one statement and print what it gives; --format table, json or csv')
    .option('--write', 'let statements change things')
    .option('--built-in', 'use the built-in shell, also where sqlite3 or psql is installed')
    .option('--history', 'remember the lines of the built-in shell in the data folder')
    .addHelpText('after', HELP)
    .action(openShell);
}

async function openShell(code: string, flags: ShellFlags, command: Command): Promise<void> {
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
