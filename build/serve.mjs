/** `npm run serve -- ...`: the same server without a window, for staging and scripts. */
import { launch } from './run.mjs';

await launch('server/main.ts', process.argv.slice(2));
