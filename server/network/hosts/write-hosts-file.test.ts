/** Protects the file itself: mode, links, what others wrote meanwhile, and leftovers of killed processes. */
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { hashOf } from './hosts-bytes.ts';
import { type HostsWrite, recoverHostsFile, writeHostsFile } from './write-hosts-file.ts';

const OLD = '127.0.0.1 localhost\n';
const NEW = '127.0.0.1 localhost\n127.0.0.1 shop.localhost\n';
const busy: HostsWrite['replace'] = () => Promise.reject(Object.assign(new Error('busy'), { code: 'EBUSY' }));

function hostsFile(content = OLD) {
  const folder = temporaryFolder();
  const path = join(folder, 'hosts');
  writeFileSync(path, content);
  return {
    folder,
    path,
    read: () => readFileSync(path, 'utf8'),
    rest: () => readdirSync(folder).filter((name) => name !== 'hosts'),
  };
}

function write(path: string, more: Partial<HostsWrite> = {}) {
  return writeHostsFile({
    path,
    expected: hashOf(Buffer.from(OLD)),
    change: () => Buffer.from(NEW),
    journalFolder: null,
    ...more,
  });
}

describe('writeHostsFile', () => {
  it('replaces the file, keeps its mode, and leaves nothing behind', async () => {
    const { path, read, rest } = hostsFile();
    if (process.platform !== 'win32') chmodSync(path, 0o664);

    expect(await write(path)).toMatchObject({ isChanged: true, isInPlace: false });

    expect(read()).toBe(NEW);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o664);
    expect(rest()).toEqual([]);
  });

  it('keeps the owner', async () => {
    const { path, read } = hostsFile();
    if (process.getuid?.() === 0) {
      const { chownSync } = await import('node:fs');
      chownSync(path, 1234, 2345);
    }
    const { uid, gid } = statSync(path);

    await write(path);

    expect(read()).toBe(NEW);
    expect(statSync(path)).toMatchObject({ uid, gid });
  });

  it('refuses a file that was changed after it was looked at, and changes nothing', async () => {
    const { path, read } = hostsFile(`${OLD}10.0.0.1 db\n`);

    await expect(write(path)).rejects.toMatchObject({ status: 409, code: 'hosts_changed' });

    expect(read()).toBe(`${OLD}10.0.0.1 db\n`);
  });

  it('notices another program that writes at the last moment', async () => {
    const { path, read, rest } = hostsFile();

    const writing = write(path, { backup: async () => writeFileSync(path, 'theirs\n') });

    await expect(writing).rejects.toMatchObject({ code: 'hosts_changed' });
    expect([read(), rest()]).toEqual(['theirs\n', []]);
  });

  it('writes the file behind a symbolic link and keeps the link', async () => {
    const { folder, path, read } = hostsFile();
    mkdirSync(join(folder, 'etc'));
    const link = join(folder, 'etc', 'hosts');
    symlinkSync(path, link);

    await write(link);

    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(read()).toBe(NEW);
  });

  it('makes the file that a link leads to when it is not there, and keeps the link', async () => {
    const { folder } = hostsFile();
    const link = join(folder, 'link');
    symlinkSync('not-there', link);

    await write(link, { expected: 'none' });

    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'not-there'), 'utf8')).toBe(NEW);
  });

  it('writes over a file that has a second name, so that both stay the same', async () => {
    const { folder, path } = hostsFile();
    linkSync(path, join(folder, 'second'));

    expect(await write(path)).toMatchObject({ isInPlace: true });

    expect(readFileSync(join(folder, 'second'), 'utf8')).toBe(NEW);
  });

  it('writes over a file that cannot be replaced, such as one that is mounted by itself', async () => {
    const { path, read, rest } = hostsFile();

    expect(await write(path, { replace: busy })).toMatchObject({ isInPlace: true });

    expect([read(), rest()]).toEqual([NEW, []]);
  });

  it('makes a file where there is none', async () => {
    const path = join(temporaryFolder(), 'hosts');

    await write(path, { expected: 'none' });

    expect(readFileSync(path, 'utf8')).toBe(NEW);
  });

  it('says when something else puts the old file back', async () => {
    const { path } = hostsFile();
    const putBack: HostsWrite['replace'] = async (draft) => rmSync(draft);

    await expect(write(path, { replace: putBack })).rejects.toMatchObject({ code: 'hosts_not_kept' });
  });

  it('says what the system refuses', async () => {
    const { path, read } = hostsFile();
    const refuse: HostsWrite['replace'] = () => Promise.reject(Object.assign(new Error('no'), { code: 'EROFS' }));

    await expect(write(path, { replace: refuse })).rejects.toThrow('is on a file system that is read-only');
    expect(read()).toBe(OLD);
  });

  it('takes over from processes that were killed', async () => {
    const { folder, path, read, rest } = hostsFile();
    // No process has this id: it is above every system's limit.
    writeFileSync(join(folder, '.hosts.orion-lock'), JSON.stringify({ pid: 2 ** 30, token: 'x' }));
    writeFileSync(join(folder, '.hosts.orion-123-abc.tmp'), 'half');

    await write(path);

    expect([read(), rest()]).toEqual([NEW, []]);
  });

  it('waits for a lock file that is being written, and takes it when nobody goes on', async () => {
    const { folder, path, read } = hostsFile();
    const lock = join(folder, '.hosts.orion-lock');
    writeFileSync(lock, '');
    utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));

    await write(path);

    expect(read()).toBe(NEW);
    expect(existsSync(lock)).toBe(false);
  });

  it('lets one of many writers at a time do its work', async () => {
    const { path, read } = hostsFile();

    const results = await Promise.allSettled(Array.from({ length: 8 }, () => write(path)));

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(read()).toBe(NEW);
  });
});

describe('recoverHostsFile', () => {
  const journal = (folder: string, path: string, before: string, after: string) =>
    writeFileSync(
      join(folder, '.hosts.orion-journal'),
      JSON.stringify({
        file: path,
        before: Buffer.from(before).toString('base64'),
        after: Buffer.from(after).toString('base64'),
      }),
    );

  it.each([
    ['half of the new one over the old one', NEW.slice(0, 30), true, NEW],
    ['the new one with the end of a longer old one', `${NEW}tail of the old`, true, NEW],
    ['still the old one', OLD, false, OLD],
    ['something that others wrote since', '10.0.0.1 theirs\n', false, '10.0.0.1 theirs\n'],
  ])('finishes a write over the file when it is %s', async (_what, found, isFinished, expected) => {
    const { folder, path, read, rest } = hostsFile(found);
    const before = found.startsWith(NEW) ? `${'x'.repeat(NEW.length)}tail of the old` : OLD;
    journal(folder, path, before, NEW);

    expect(await recoverHostsFile(path, null)).toBe(isFinished);
    expect([read(), rest()]).toEqual([expected, []]);
  });

  it('does nothing without a journal, and drops one that was not finished', async () => {
    const { folder, path, read } = hostsFile();
    expect(await recoverHostsFile(path, null)).toBe(false);
    writeFileSync(join(folder, '.hosts.orion-journal.new'), '{"fi');

    await write(path);

    expect(read()).toBe(NEW);
  });
});
