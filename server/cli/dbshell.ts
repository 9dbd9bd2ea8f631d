import type { Command } from 'commander';
import type { ShellFlags } from './open-shell.ts';

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
    .action(async (code: string, flags: ShellFlags, command: Command) => {
      const { openShell } = await import('./open-shell.ts');
      await openShell(code, flags, command);
    });
}
