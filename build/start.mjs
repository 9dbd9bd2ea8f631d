/** `npm start`: installs what is missing, then starts Orion Studio. */
import { launch } from './run.mjs';

await launch('server/main.ts', process.argv.slice(2));
