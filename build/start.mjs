/**
 * `npm start`: installs and builds what is missing, then opens the desktop window, which runs the server.
 *
 * Where no window can be shown, or with `--browser`, it serves alone and prints the sign-in link. Everything else on the command
 * line is the server's.
 */
import { join } from 'node:path';
import { buildElectron } from './build-electron.mjs';
import { buildRenderer } from './build-renderer.mjs';
import { electronFlags, ensureElectron, whyNoDisplay } from './electron-runtime.mjs';
import { ensureInstalled } from './install.mjs';
import { projectRoot, say } from './project.mjs';
import { launch, runProgram } from './run.mjs';

/** A window that fails sooner than this never opened: libraries are missing, or the sandbox is not allowed here. */
const openedAfterMs = 5000;

/**
 * Opens the window and waits for its end.
 *
 * @returns {Promise<{ code: number } | { reason: string }>} reason: why there is no window, as the end of a sentence
 */
async function openWindow(serverArgs) {
  const noDisplay = whyNoDisplay();
  if (noDisplay) return { reason: noDisplay };
  const electron = await ensureElectron();
  if ('reason' in electron) return electron;
  if (!(await buildElectron())) return { reason: 'the desktop shell could not be built' };
  const began = Date.now();
  const args = [...electronFlags(), join(projectRoot, 'electron/dist'), '--', ...serverArgs];
  // Terminals inside other Electron programs, such as editors, have this set; it would make a plain Node of ours.
  const { code, signal, error } = await runProgram(electron.program, args, {
    env: { ELECTRON_RUN_AS_NODE: undefined },
  });
  if (error) return { reason: `Electron could not be run (${error.message})` };
  const isOver = code === 0 || ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'].includes(signal);
  if (isOver || Date.now() - began > openedAfterMs) return { code };
  return { reason: `Electron could not open it (${signal ?? `exit code ${code}`}, see docs/DESKTOP.md)` };
}

await ensureInstalled();
await buildRenderer();
const args = process.argv.slice(2);
const serverArgs = args.filter((arg) => arg !== '--browser');
// A program that reads the ready line wants no window.
const wantsWindow = serverArgs.length === args.length && !args.includes('--json');
const window = wantsWindow ? await openWindow(serverArgs) : undefined;
if (window && 'code' in window) process.exitCode = window.code;
else {
  if (window) say(`No desktop window, because ${window.reason}. The console opens in a browser, by the link below.`);
  await launch('server/main.ts', serverArgs);
}
