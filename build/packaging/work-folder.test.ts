import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../server/testing/temporary-folder.ts';
import { makeWorkFolder, publish } from './work-folder.ts';

/** Larger than any process number a system gives. */
const nobody = 2 ** 22 + 1;

function folderWith(path: string, content: string): string {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'app'), content);
  return path;
}

it('removes what a killed run left, and nothing else', async () => {
  const output = temporaryFolder();
  folderWith(join(output, `.packaging-${nobody}`), 'half');
  folderWith(join(output, `.packaging-${process.ppid}`), 'somebody is at it');
  folderWith(join(output, 'orion-studio-linux-x64'), 'old');

  const work = await makeWorkFolder(output);

  expect(readdirSync(output).sort()).toEqual(
    [`.packaging-${process.ppid}`, `.packaging-${process.pid}`, 'orion-studio-linux-x64'].sort(),
  );
  expect(readdirSync(work)).toEqual([]);
});

it('replaces an app that was there', () => {
  const output = temporaryFolder();
  const target = folderWith(join(output, 'app'), 'old');
  const finished = folderWith(join(output, 'work/out'), 'new');

  publish(finished, target, join(output, 'work'));

  expect(readFileSync(join(target, 'app'), 'utf8')).toBe('new');
  expect(existsSync(finished)).toBe(false);
});

it('leaves the old app in place when there is no new one', () => {
  const output = temporaryFolder();
  const target = folderWith(join(output, 'app'), 'old');
  mkdirSync(join(output, 'work'));

  expect(() => publish(join(output, 'work/out'), target, join(output, 'work'))).toThrow('ENOENT');

  expect(readFileSync(join(target, 'app'), 'utf8')).toBe('old');
});
