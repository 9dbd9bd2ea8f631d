/** Starts a server from the command line or from a parent process, and ends it cleanly. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
// What is written holds orders and customers: for this user alone.
process.umask(0o077);

const { runServer } = await import('./serve.ts');
await runServer(process.argv.slice(2));
