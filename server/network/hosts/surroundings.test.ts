/** What the system around a hosts file is like: its place, its marks, its cache, and Windows around Linux. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { flushNames } from './flush-names.ts';
import { hiddenProblem, inspectFile } from './inspect-file.ts';
import { blockIdOf, systemHostsFile } from './location.ts';
import { entriesFor, isHostName, knownLines, platformNames } from './wanted-entries.ts';
import { lookAtWsl } from './wsl.ts';

describe('the place of the file', () => {
  it("is the system's own", () => {
    expect(systemHostsFile('linux', {})).toBe('/etc/hosts');
    expect(systemHostsFile('win32', { SystemRoot: 'D:\\WINNT' })).toBe('D:\\WINNT\\System32\\drivers\\etc\\hosts');
  });

  it('holds a block of its own for each data folder', () => {
    expect(blockIdOf('/a')).toMatch(/^[0-9a-f]{8}$/);
    expect(blockIdOf('/a')).not.toBe(blockIdOf('/b'));
  });
});

describe('inspectFile', () => {
  const codes = async (path: string) => {
    const { access, problems } = await inspectFile(path, true);
    return [access, ...problems.map(({ code }) => code)];
  };

  it('says what stands in the way', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'hosts'));
    writeFileSync(join(folder, 'zero'), 'a\0b\0');
    writeFileSync(join(folder, 'large'), '');
    truncateSync(join(folder, 'large'), 20 * 1024 * 1024);
    writeFileSync(join(folder, 'fine'), Buffer.from('# caf\xe9\n', 'latin1'));

    expect(await codes(join(folder, 'hosts'))).toEqual(['blocked', 'not_a_file']);
    expect(await codes(join(folder, 'zero'))).toEqual(['blocked', 'encoding']);
    expect(await codes(join(folder, 'large'))).toEqual(['blocked', 'unreadable']);
    expect(await codes(join(folder, 'missing'))).toEqual(['writable', 'missing']);
    expect(await codes(join(folder, 'no', 'such', 'folder'))).toEqual(['blocked', 'missing']);
    expect(await codes(join(folder, 'fine'))).toEqual(['writable']);
  });

  it('reads Windows marks', () => {
    const path = 'C:\\Windows\\System32\\drivers\\etc\\hosts';
    expect(hiddenProblem(`A  SHR      ${path}\r\n`, path)).toMatchObject([
      { code: 'hidden', fix: `attrib -h "${path}"` },
    ]);
    expect(hiddenProblem(`A    R      ${path}\r\n`, path)).toEqual([]);
  });
});

describe('platformNames', () => {
  const source = {
    platformDomain: 'localhost',
    stores: [
      { id: 1, code: 'tech', subdomain: 'tech', isActive: true },
      { id: 2, code: 'closed', subdomain: 'closed', isActive: false },
    ],
    domains: [
      { storeId: 1, domain: 'tech.test', isActive: true, isVerified: true },
      { storeId: 1, domain: 'www.tech.test', isActive: true, isVerified: true },
      { storeId: 1, domain: 'new.test', isActive: true, isVerified: false },
      { storeId: 1, domain: 'off.test', isActive: false, isVerified: true },
      { storeId: 2, domain: 'closed.test', isActive: true, isVerified: true },
    ],
  };

  it('are those that answer; plain localhost is never touched', () => {
    expect(platformNames(source).map(({ name }) => name)).toEqual([
      'admin.localhost',
      'tech.localhost',
      'tech.test',
      'www.tech.test',
    ]);
    expect(platformNames({ ...source, platformDomain: 'shops.test' })[0]).toEqual({
      name: 'shops.test',
      kind: 'platform',
      store: null,
    });
    expect(knownLines(source).has('127.0.0.1 localhost')).toBe(false);
    expect(knownLines(source).has('::1 closed.localhost')).toBe(true);
  });

  it('lead to ::1 as well where that is wished', () => {
    expect(entriesFor(platformNames(source).slice(0, 1), true).map(({ address }) => address)).toEqual([
      '127.0.0.1',
      '::1',
    ]);
  });

  it.each(['a b', '-a.test', 'a..b', '127.0.0.1', 'a\n', '*.test', ''])('leave out what is no name: %j', (name) => {
    expect(isHostName(name)).toBe(false);
  });
});

describe('flushNames', () => {
  const only =
    (...there: string[]) =>
    async (program: string) => {
      if (!there.includes(program)) throw new Error('not there');
    };

  it('says which cache was emptied, and that there is none', async () => {
    expect(await flushNames(only('nscd'), 'linux')).toBe("nscd's cache of hosts was emptied.");
    expect(await flushNames(only(), 'linux')).toBeNull();
    expect(await flushNames(only('ipconfig'), 'win32')).toBe("Windows' cache of names was emptied.");
    expect(await flushNames(only('dscacheutil'), 'darwin')).toContain('sudo killall -HUP mDNSResponder');
  });
});

describe('Linux inside Windows', () => {
  it('has a second file, and says how to bring it in step', async () => {
    const folder = temporaryFolder();
    const files = { isWsl: true, windowsFile: join(folder, 'hosts'), settingsFile: join(folder, 'wsl.conf') };

    const missing = await lookAtWsl(files, () => true);
    expect(missing.otherFiles).toMatchObject([{ path: files.windowsFile, isInStep: null }]);
    expect(missing.problems.map(({ fix }) => fix)).toEqual([
      expect.stringContaining(`orion hosts sync --file ${files.windowsFile}`),
      expect.stringContaining('generateHosts = false'),
    ]);

    writeFileSync(files.windowsFile, '');
    writeFileSync(files.settingsFile, '[network]\ngenerateHosts = false\n');
    expect(await lookAtWsl(files, () => true)).toMatchObject({ otherFiles: [{ isInStep: true }], problems: [] });
  });

  it('is not looked for elsewhere', async () => {
    const files = { isWsl: false, windowsFile: '/x', settingsFile: '/y' };
    expect(await lookAtWsl(files, () => true)).toEqual({ otherFiles: [], problems: [] });
  });
});
