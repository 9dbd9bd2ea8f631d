/**
 * Bundles the desktop shell: main process, preload script and the shell's own pages, each as one file.
 *
 * Runs on the project's Node; build-electron.mjs decides whether it is needed.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { projectRoot } from './project.mjs';

const target = join(projectRoot, 'electron/dist');
/** Files that go along as they are: from, below the project's root; to, below electron/dist. */
const copies = [
  ['electron/pages/starting.html', 'pages/starting.html'],
  ['electron/pages/failure.html', 'pages/failure.html'],
  ['electron/pages/page.css', 'pages/page.css'],
  ['templates/pages/assets/mark.svg', 'pages/mark.svg'],
  ['templates/pages/assets/fonts/inter-latin-wght-normal.woff2', 'pages/inter-latin-wght-normal.woff2'],
  ['build/icons/png/256x256.png', 'icons/window.png'],
  // Electron takes the picture with @2x on displays of that density.
  ['build/icons/png/16x16.png', 'icons/tray.png'],
  ['build/icons/png/32x32.png', 'icons/tray@2x.png'],
];

/** One entry, with all it imports but Electron and Node. */
async function bundle(entry, file, format, platform) {
  await build({
    input: join(projectRoot, 'electron', entry),
    external: ['electron', /^node:/],
    platform,
    // What the oldest supported Electron (33) knows.
    transform: { target: 'chrome130' },
    output: { file: join(target, file), format, sourcemap: platform === 'node', codeSplitting: false },
    logLevel: 'warn',
  });
}

/** What makes the folder an app of its own, for `electron electron/dist`. */
function writePackage() {
  const { name, version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const content = { name, productName: 'Orion Studio', version, type: 'module', main: 'main.js' };
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
}

rmSync(target, { recursive: true, force: true });
await bundle('main.ts', 'main.js', 'esm', 'node');
// A sandboxed preload script is CommonJS.
await bundle('preload.ts', 'preload.cjs', 'cjs', 'node');
await bundle('pages/starting.ts', 'pages/starting.js', 'iife', 'browser');
await bundle('pages/failure.ts', 'pages/failure.js', 'iife', 'browser');
for (const [from, to] of copies) {
  mkdirSync(join(target, to, '..'), { recursive: true });
  copyFileSync(join(projectRoot, from), join(target, to));
}
writePackage();
