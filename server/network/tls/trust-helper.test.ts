import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { TEST_CERTIFICATE } from '../../testing/test-certificate.ts';
import { makeAuthority } from './issue.ts';
import { SYSTEM_LAYOUTS } from './trust/system-layouts.ts';
import { runTrustHelper } from './trust-helper.ts';

const TARGET = 'usr/local/share/ca-certificates/orion-studio-local-authority.crt';

function hashOf(pem: string): string {
  return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
}

/** A root folder of a Debian, and what was updated in it. */
async function prepare() {
  const root = temporaryFolder();
  mkdirSync(join(root, 'usr/local/share/ca-certificates'), { recursive: true });
  const { certificate } = await makeAuthority('abcdef', new Date());
  const file = join(root, 'authority.crt');
  writeFileSync(file, certificate);
  const updated: string[] = [];
  const run = (...args: readonly string[]) =>
    runTrustHelper(args, { root, update: ({ id }, change) => updated.push(`${id} ${change}`) });
  return { root, file, certificate, sha256: hashOf(certificate), updated, run };
}

describe('the helper that runs as administrator', () => {
  it('copies the authority that was agreed to, readable by all, and removes it again', async () => {
    const { root, file, certificate, sha256, updated, run } = await prepare();

    run('install', 'debian', file, sha256);
    run('install', 'debian', file, sha256);

    expect(readFileSync(join(root, TARGET), 'utf8')).toBe(certificate);
    expect(statSync(join(root, TARGET)).mode & 0o777).toBe(0o644);
    expect(readdirSync(join(root, 'usr/local/share/ca-certificates'))).toHaveLength(1);
    run('remove', 'debian');
    run('remove', 'debian');
    expect(existsSync(join(root, TARGET))).toBe(false);
    expect(updated).toEqual(['debian added', 'debian added', 'debian removed']);
  });

  it('takes only the part of the file that it judged', async () => {
    const { root, file, certificate, sha256, run } = await prepare();
    writeFileSync(file, `${certificate}${TEST_CERTIFICATE}`);

    run('install', 'debian', file, sha256);

    expect(readFileSync(join(root, TARGET), 'utf8')).toBe(certificate);
  });

  it('does not write through a link that stands in the place of the file', async () => {
    const { root, file, certificate, sha256, run } = await prepare();
    writeFileSync(join(root, 'victim'), 'mine');
    symlinkSync(join(root, 'victim'), join(root, TARGET));

    run('install', 'debian', file, sha256);

    expect(readFileSync(join(root, 'victim'), 'utf8')).toBe('mine');
    expect(readFileSync(join(root, TARGET), 'utf8')).toBe(certificate);
  });

  it('refuses everything else and changes nothing', async () => {
    const { root, file, sha256, updated, run } = await prepare();
    const foreign = join(root, 'foreign.crt');
    writeFileSync(foreign, TEST_CERTIFICATE);
    const large = join(root, 'large.crt');
    writeFileSync(large, 'x'.repeat(30_000));

    expect(() => run()).toThrow('The layout must be one of debian, fedora, arch, suse.');
    expect(() => run('install', '../debian', file, sha256)).toThrow('The layout must be');
    expect(() => run('install', 'debian', file)).toThrow('Use: install');
    expect(() => run('install', 'debian', file, sha256, 'more')).toThrow('Use: install');
    expect(() => run('remove', 'debian', '/etc/passwd')).toThrow('Use: install');
    expect(() => run('install', 'debian', 'authority.crt', sha256)).toThrow('must be absolute');
    expect(() => run('install', 'debian', file, 'x'.repeat(64))).toThrow('64 hexadecimal digits');
    expect(() => run('install', 'debian', file, '0'.repeat(64))).toThrow(
      'its fingerprint differs. Nothing was changed.',
    );
    expect(() => run('install', 'debian', foreign, hashOf(TEST_CERTIFICATE))).toThrow(
      'not an authority of Orion Studio',
    );
    expect(() => run('install', 'debian', large, sha256)).toThrow('no file of a usual size');
    expect(() => run('install', 'debian', root, sha256)).toThrow('no file of a usual size');
    expect(existsSync(join(root, TARGET))).toBe(false);
    expect(updated).toEqual([]);
  });

  it('knows only absolute folders and programs', () => {
    for (const { anchors, updater } of SYSTEM_LAYOUTS) expect([anchors, updater[0]].join(' ')).toMatch(/^\/\S+ \/\S+$/);
  });
});
