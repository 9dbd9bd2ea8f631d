/** `npm run package`: installs what is missing, then packs the app. `npm run package -- --help` lists the targets. */
import { launch } from './run.mjs';

await launch('build/packaging/main.ts', process.argv.slice(2));
