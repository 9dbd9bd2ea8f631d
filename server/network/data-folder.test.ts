import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { findRunningServer } from './running-server.ts';

async function open(path: string): Promise<DataFolder> {
  const folder = await openDataFolder(path);
  onTestFinished(() => folder.release());
  return folder;
}

describe('openDataFolder', () => {
  it('makes the folder, readable by its owner alone', async () => {
    const path = join(temporaryFolder(), 'a', 'b');
    await open(path);

    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('lets one server at a time use it, and says who does', async () => {
    const path = temporaryFolder();
    const first = await open(path);
    await first.announce({ pid: process.pid, port: 8123, platformDomain: 'localhost', version: '1' });

    await expect(openDataFolder(path)).rejects.toThrow(`in use by process ${process.pid}, which serves on port 8123`);
    await first.release();
    await (await openDataFolder(path)).release();
  });

  it('tells programs of the same user, and only them, how to reach the server', async () => {
    const path = temporaryFolder();
    const folder = await open(path);
    await folder.announce({ pid: process.pid, port: 8123, platformDomain: 'localhost', version: '1' });

    expect(await findRunningServer(path)).toMatchObject({ port: 8123, controlToken: folder.controlToken });
    if (process.platform !== 'win32') expect(statSync(join(path, 'server.json')).mode & 0o077).toBe(0);
    await folder.release();
    expect(await findRunningServer(path)).toBeNull();
  });

  it('does not take a left-over, broken or copied server.json for a running server', async () => {
    const path = temporaryFolder();
    const folder = await open(path);
    await folder.announce({ pid: process.pid, port: 8123, platformDomain: 'localhost', version: '1' });
    const text = readFileSync(join(path, 'server.json'), 'utf8');
    const copy = temporaryFolder();
    writeFileSync(join(copy, 'server.json'), text);
    expect(await findRunningServer(copy)).toBeNull();
    writeFileSync(join(copy, 'lock.sqlite'), '');
    expect(await findRunningServer(copy)).toBeNull();
    for (const broken of ['{', '{"pid":0}', '{"pid":1,"port":9}', '[]']) {
      writeFileSync(join(path, 'server.json'), broken);
      expect(await findRunningServer(path), broken).toBeNull();
    }
    await folder.release();
    writeFileSync(join(path, 'server.json'), text);
    expect(await findRunningServer(path)).toBeNull();
  });

  it('waits for a command that has the folder for a moment', async () => {
    const path = temporaryFolder();
    const first = await openDataFolder(path);
    const second = openDataFolder(path);
    await first.release();

    await (await second).release();
  });

  it('refuses a folder of a newer version and changes nothing in it', async () => {
    const path = temporaryFolder();
    writeFileSync(join(path, 'orion.json'), '{"format":99}');

    await expect(openDataFolder(path)).rejects.toThrow(/newer version .*format 99.*--data-dir/);
    expect(readdirSync(path)).toEqual(['orion.json']);
    expect(readFileSync(join(path, 'orion.json'), 'utf8')).toBe('{"format":99}');
  });

  it('refuses a full disk with what is free and what is needed', async () => {
    const full = (async () => ({ bavail: 1, bsize: 4096 })) as unknown as typeof statfs;

    await expect(openDataFolder(temporaryFolder(), full)).rejects.toThrow(/full: 0 MiB are free, 16 MiB are needed/);
  });

  it('refuses a file in its place', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');

    await expect(openDataFolder(file)).rejects.toThrow(/a file stands in its place/);
  });

  it.skipIf(process.getuid?.() === 0)(
    'refuses a read-only folder (root can write everywhere, so not as root)',
    async () => {
      const path = temporaryFolder();
      chmodSync(path, 0o500);

      await expect(openDataFolder(path)).rejects.toThrow(/read-only for this user/);
    },
  );
});
