/** The `orion` command. Exit codes: 0 done, 1 failed, 2 wrong input. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
// What is written holds orders and customers: for this user alone.
process.umask(0o077);

const { runCli } = await import('./program.ts');
await runCli(process.argv.slice(2));
