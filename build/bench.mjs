/** `npm run bench`: installs what is missing, then runs the benchmarks on the Node that the server uses. */
import { launch } from './run.mjs';

await launch('e2e/bench/main.ts', process.argv.slice(2));
