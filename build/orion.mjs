#!/usr/bin/env node
/** The `orion` command: quiet about the installation, so that its output can be read by other programs. */
import { launch } from './run.mjs';

await launch('server/cli/main.ts', process.argv.slice(2), { quiet: true });
