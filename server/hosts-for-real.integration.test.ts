/**
 * The system's own hosts file, for real: names are written, every program resolves them, and everything is as it was after.
 * Runs where this user may write the file; what was there is put back whatever happens.
 */
import { execFile } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { accessSync, constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { HostsActionInput } from './contract/names.ts';
import { systemHostsFile } from './network/hosts/location.ts';
import { expectOperation } from './testing/call-operation.ts';
import { startTestPlatform, type TestPlatform } from './testing/test-platform.ts';

const run = promisify(execFile);
const file = systemHostsFile();
const DOMAIN = `orion-${process.pid}-${Date.now()}.test`;
/** Linux alone has `getent`; elsewhere a test may not ask for a password. */
const reason = process.platform !== 'linux' ? 'for Linux' : mayWrite() ? null : `this user may not write ${file}`;

it.skipIf(reason !== null)(
  `writes ${file}, where getent, Node and curl find every name, and leaves no trace${reason ? ` (left out: ${reason})` : ''}`,
  async () => {
    const before = readFileSync(file);
    const { mode, uid, gid } = statSync(file);
    const platform = await startTestPlatform();
    const { code } = await expectOperation(platform, 'createStore', {
      body: { name: `Names ${process.pid}`, ownerEmail: 'owner@example.com' },
    });
    await expectOperation(platform, 'addDomain', { params: { code }, body: { domain: DOMAIN } });
    const proven = { params: { code, domain: DOMAIN }, body: { method: 'administrator' } };
    await expectOperation(platform, 'verifyDomain', proven);
    try {
      await expect(lookup(DOMAIN)).rejects.toThrow();

      const applied = await apply(platform, { action: 'sync' });

      expect(applied).toMatchObject({ isDone: true, state: { path: file, isInStep: true } });
      for (const name of [DOMAIN, `${code}.localhost`]) {
        expect((await run('getent', ['ahostsv4', name])).stdout).toMatch(/^127\.0\.0\.1\s/);
        expect((await lookup(name)).address).toBe('127.0.0.1');
        const url = `http://${name}:${platform.port}/`;
        const { stdout } = await run('curl', ['-sS', '-L', '--noproxy', '*', '--max-time', '20', url]);
        expect(stdout).toContain(`Names ${process.pid}`);
        const probe = applied.probes.find((one) => one.name === name);
        expect(probe?.clients.map(({ verdict }) => verdict)).toEqual(['works', 'works', 'works', 'works']);
      }

      await apply(platform, { action: 'clean' });
      await expect(lookup(DOMAIN)).rejects.toThrow();
      expect(readFileSync(file).equals(before)).toBe(true);
      expect(statSync(file)).toMatchObject({ mode, uid, gid });
    } finally {
      if (!readFileSync(file).equals(before)) writeFileSync(file, before);
    }
  },
);

async function apply(platform: TestPlatform, input: HostsActionInput) {
  const { expected } = await expectOperation(platform, 'planHosts', { body: input });
  return expectOperation(platform, 'applyHosts', { body: { ...input, expected } });
}

function mayWrite(): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
