import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorSource, fileBelow, framesOf } from './error-source.ts';

let folder = '';
let root = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'orion-source-'));
  root = join(folder, 'project with space');
  mkdirSync(join(root, 'server'), { recursive: true });
  mkdirSync(join(root, 'node_modules/koa'), { recursive: true });
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join('\n');
  writeFileSync(join(root, 'server/a.ts'), lines);
  writeFileSync(join(root, 'node_modules/koa/index.js'), lines);
  writeFileSync(join(folder, 'secret.txt'), lines);
  symlinkSync(join(folder, 'secret.txt'), join(root, 'server/link.ts'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('errorSource', () => {
  it('gives the innermost place of the project, with five lines on either side', () => {
    const stack = `TypeError: a (b) at /etc/passwd:1:1
    at dispatch (${root}/node_modules/koa/index.js:3:4)
    at async Object.go [as x] (${pathToFileURL(join(root, 'server/a.ts'))}:8:12)
    at ${root}/server/a.ts:1:1`;
    const source = errorSource(stack, root);

    expect(source).toMatchObject({ file: 'server/a.ts', line: 8, column: 12 });
    expect(source?.excerpt).toHaveLength(11);
    expect(source?.excerpt[5]).toEqual({ line: 8, text: 'line 8' });
    expect(errorSource(`Error\n    at ${root}/server/a.ts:1:1`, root)?.excerpt.map(({ line }) => line)).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
  });

  it('reads nothing outside of the project, not through links either', () => {
    for (const file of [
      join(folder, 'secret.txt'),
      `${root}/../secret.txt`,
      `${root}/server/link.ts`,
      `file://${root}/server/%2e%2e/%2e%2e/secret.txt`,
      '/etc/passwd',
      `${root}/server/missing.ts`,
    ])
      expect([file, errorSource(`Error\n    at x (${file}:2:1)`, root)]).toEqual([file, null]);
    expect(errorSource(`Error\n    at x (${root}/server/a.ts:999:1)`, root)).toBeNull();
    expect(errorSource(null)).toBeNull();
  });

  it('never fails, and never leaves the project, whatever a stack says', () => {
    const place = fc.oneof(
      fc.string(),
      fc.stringMatching(/^(file:\/\/|\/|[A-Z]:\\)[\w%.()/ -]{0,30}$/),
      fc.constantFrom('file://', 'file:///%00', 'file://host/x', '/../..', 'C:\\x'),
    );
    fc.assert(
      fc.property(fc.array(place), fc.nat(), fc.nat(), (places, line, column) => {
        const stack = ['Error', ...places.map((one) => `    at f (${one}:${line}:${column})`)].join('\n');
        expect(errorSource(stack, root)).toBeNull();
      }),
    );
  });
});

describe('framesOf', () => {
  it('reads paths and file URLs with any characters', () => {
    const names = fc
      .stringMatching(/^[\w äöü.@+-]{1,20}$/)
      .filter((name) => !/^\.+$/.test(name.trim()) && name.trim() === name);
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 4 }), fc.nat(9999), fc.nat(999), (parts, line, column) => {
        const file = join('/project', ...parts);
        const url = pathToFileURL(file).href;
        for (const text of [`    at ${file}:${line}:${column}`, `    at async a.b (${url}:${line}:${column})`]) {
          const [frame] = framesOf(text);
          expect(frame).toMatchObject({ line, column });
          const below = fileBelow(frame?.file ?? '', '/project');
          if (!parts.includes('node_modules')) expect(below).toBe(relative('/project', file));
        }
      }),
    );
  });
});
