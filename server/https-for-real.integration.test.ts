/**
 * The trust of this very system is given and taken: only where that is possible without asking anyone, and everything is as
 * it was afterwards.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { expectOperation } from './testing/call-operation.ts';
import { addDomain } from './testing/secure-platform.ts';
import { startTestPlatform } from './testing/test-platform.ts';

const ANCHOR = '/usr/local/share/ca-certificates/orion-studio-local-authority.crt';
const JAVA = '/etc/ssl/certs/java/cacerts';
const BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const reason = whyNot();

/** Null when this machine can be used for the test. */
function whyNot(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root';
  if (!existsSync('/usr/sbin/update-ca-certificates')) return 'needs update-ca-certificates';
  if (spawnSync('curl', ['--version']).error) return 'needs curl';
  return existsSync(ANCHOR) ? 'a local authority is trusted already, and is not touched' : null;
}

it.skipIf(reason !== null)(
  `curl loads two stores and a custom domain without a warning while the system trusts (${reason ?? 'root on Linux'})`,
  async () => {
    const before = readFileSync(BUNDLE, 'utf8');
    const platform = await startTestPlatform({
      fixtures: 'techstore,fashion',
      flags: ['--https', 'true', '--https-port', '0'],
    });
    const port = platform.parts.tls.https.inForce.listeningPort ?? 0;
    onTestFinished(async () => {
      if (!existsSync(ANCHOR)) return;
      await platform.parts.tls.trust.take();
    });
    await addDomain(platform, 'fashion', 'fashion.example');
    const names = ['techstore.localhost', 'fashion.localhost', 'fashion.example'];
    const load = () => Promise.all(names.map((name) => curl(name, port)));

    expect(await load()).toEqual([60, 60, 60]);
    const { results } = await expectOperation(platform, 'trustAuthority', { body: { stores: ['system'] } });
    try {
      expect(results).toEqual([{ id: 'system', isDone: true, message: 'System is done.' }]);
      expect(await load()).toEqual([200, 200, 200]);
      const { trust } = await expectOperation(platform, 'certificates');
      expect(trust.find((place) => place.id === 'system')?.state).toBe('trusted');
    } finally {
      await expectOperation(platform, 'untrustAuthority');
    }
    expect(await load()).toEqual([60, 60, 60]);
    expect(readFileSync(BUNDLE, 'utf8')).toBe(before);
    expect(existsSync(ANCHOR)).toBe(false);
    expect(linksLeft()).toEqual([]);
    if (existsSync(JAVA)) expect(readFileSync(JAVA).includes('Orion Studio local authority')).toBe(false);
  },
);

/** Links that lead to the authority or nowhere. */
function linksLeft(): string[] {
  const links = readdirSync('/etc/ssl/certs', { withFileTypes: true }).filter((entry) => entry.isSymbolicLink());
  return links
    .map(({ name }) => name)
    .filter((name) => name.includes('orion') || !existsSync(`/etc/ssl/certs/${name}`));
}

/** The status of the page, over HTTP/2; else curl's exit code: 60 is a certificate that is not trusted. */
async function curl(name: string, port: number): Promise<number> {
  const args = [
    '--silent',
    '--http2',
    '--noproxy',
    '*',
    '--resolve',
    `${name}:${port}:127.0.0.1`,
    '--output',
    '/dev/null',
  ];
  try {
    const { stdout } = await promisify(execFile)('curl', [
      ...args,
      '--write-out',
      '%{http_code}',
      `https://${name}:${port}/`,
    ]);
    return Number(stdout);
  } catch (error) {
    return (error as { code: number }).code;
  }
}
