/** A process that runs the built-in Postgres of a folder until it is killed, or until its standard input ends. */
import { startEmbeddedPostgres } from '../database/postgres/embedded-postgres.ts';
import { endAtOnce } from '../end-process.ts';
import { createLogger } from '../observability/log.ts';

const [dataDir = ''] = process.argv.slice(2);
process.umask(0o077);
const postgres = await startEmbeddedPostgres({
  dataDir,
  log: createLogger({ level: 'silent', format: 'json' }),
  isDurable: false,
});
process.stdout.write(`${JSON.stringify({ url: postgres.url, pid: postgres.pid() })}\n`);
process.stdin.resume().once('end', () => void postgres.stop().then(endAtOnce));
