/** `npm run screenshots`: installs what is missing, a Chromium included, then takes the pictures of the documentation. */
import { buildElectron } from './build-electron.mjs';
import { buildRenderer } from './build-renderer.mjs';
import { ensureChromium } from './ensure-chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { launch } from './run.mjs';

await ensureInstalled();
await buildRenderer();
await buildElectron();
const { executablePath } = await ensureChromium();
await launch('build/screenshots.ts', process.argv.slice(2), { env: { ORION_CHROMIUM: executablePath } });
