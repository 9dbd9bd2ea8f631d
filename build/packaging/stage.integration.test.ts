/**
 * What is packed must run by itself: the staged server starts on the staged Node in an empty folder, without anything of the
 * repository. Needs no Electron, so a package that was left out by mistake is noticed on every machine.
 */
import { spawn } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ask } from '../../server/testing/http.ts';
import { temporaryFolder } from '../../server/testing/temporary-folder.ts';
import { stageNode, stageServer, stageShell } from './stage.ts';

const repository = join(import.meta.dirname, '../..');

/** The repository with a console and a window that need not be built. */
function sourcesIn(root: string): { root: string; nodeBinary: string } {
  for (const name of ['server', 'migrations', 'templates', 'fixtures', 'node_modules', 'package.json', 'package-lock.json', 'LICENSE']) {
    symlinkSync(join(repository, name), join(root, name));
  }
  for (const [file, text] of [
    ['renderer/dist/index.html', '<title>Console</title>'],
    ['renderer/dist/.built-from', 'a hash'],
    ['electron/dist/main.js', 'export {};'],
    ['electron/dist/main.js.map', '{}'],
  ] as const) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return { root, nodeBinary: process.execPath };
}
