/** `npm run serve -- ...`: the same server without a window, for staging and scripts. */
import { buildRenderer } from './build-renderer.mjs';
import { ensureInstalled } from './install.mjs';
import { launch } from './run.mjs';

await ensureInstalled();
await buildRenderer();
await launch('server/main.ts', process.argv.slice(2));
