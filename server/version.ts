import { createRequire } from 'node:module';

/** Of this program, as package.json says. */
export const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
