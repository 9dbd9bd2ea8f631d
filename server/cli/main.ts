/** The `orion` command. Exit codes: 0 done, 1 failed, 2 wrong input. */
import { enableCompileCache } from 'node:module';

enableCompileCache();

const { runCli } = await import('./program.ts');
await runCli(process.argv.slice(2));
