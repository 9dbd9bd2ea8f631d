import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../server/testing/temporary-folder.ts';
import { findElectron } from './electron-distribution.ts';

/** A project whose lock says Electron 45.4.1. */
function projectFolder(): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'node_modules/electron'), { recursive: true });
  writeFileSync(join(root, 'node_modules/electron/package.json'), '{"version":"45.4.1"}');
  return root;
}

function unpackElectron(folder: string, version: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'electron'), '');
  return folder;
}

it('takes the unpacked Electron that the variable names, with its own version', () => {
  const folder = unpackElectron(temporaryFolder(), '33.2.1');

  expect(findElectron(projectFolder(), { ELECTRON_OVERRIDE_DIST_PATH: folder })).toEqual({ version: '33.2.1', folder });
});

it('says so when the variable names something else', () => {
  const folder = temporaryFolder();

  expect(() => findElectron(projectFolder(), { ELECTRON_OVERRIDE_DIST_PATH: folder })).toThrow(
    `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which is no unpacked Electron.`,
  );
});

it('takes what the electron package has unpacked', () => {
  const root = projectFolder();
  const folder = unpackElectron(join(root, 'node_modules/electron/dist'), 'v45.4.1');

  expect(findElectron(root, {})).toEqual({ version: '45.4.1', folder });
});

it('leaves the download to electron-builder when there is none, or one of another version', () => {
  const root = projectFolder();
  expect(findElectron(root, {})).toEqual({ version: '45.4.1', folder: undefined });

  unpackElectron(join(root, 'node_modules/electron/dist'), '44.0.0');

  expect(findElectron(root, {})).toEqual({ version: '45.4.1', folder: undefined });
});
