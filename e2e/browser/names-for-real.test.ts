/**
 * The whole way on this very machine, with the command line as a person would use it: names in the system's hosts file,
 * trust in the system and in the browser, pages without a warning, and everything gone afterwards.
 */
import { execFile, spawnSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, expect, test } from '@playwright/test';
import type { CertificatesState, ChangedTrust } from '../../server/contract/certificates.ts';
import { type OrionServer, startServer } from './support/orion-server.ts';

const run = promisify(execFile);
const HOSTS = '/etc/hosts';
const ANCHOR = '/usr/local/share/ca-certificates/orion-studio-local-authority.crt';
const DOMAIN = `orion-shop-${process.pid}.example`;
const NAMES = ['techstore.localhost', 'fashion.localhost', DOMAIN];

/** Null where the test may change this machine's files and put them back. */
function whyNot(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root';
  if (!existsSync('/usr/sbin/update-ca-certificates')) return 'needs update-ca-certificates';
  for (const [program, argument] of [
    ['curl', '--version'],
    ['certutil', '-H'],
    ['getent', '--version'],
  ] as const) {
    if (spawnSync(program, [argument]).error) return `needs ${program}`;
  }
  return existsSync(ANCHOR) ? 'a local authority is trusted already, and is not touched' : null;
}

const reason = whyNot();

test('names, certificates and pages work in every client, and leave no trace', async () => {
  test.skip(reason !== null, reason ?? '');
  const hosts = readFileSync(HOSTS);
  const home = mkdtempSync(join(tmpdir(), 'orion-home-'));
  const server = await startServer('any', ['--https', 'true', '--https-port', '0'], { HOME: home });
  try {
    await server.orion('domain', 'add', 'orion', DOMAIN);
    await server.orion('domain', 'verify', 'orion', DOMAIN, '--method', 'administrator');
    const port = ((await server.orion('cert', 'list')) as CertificatesState).https.listeningPort ?? 0;
    await expect(lookup(DOMAIN)).rejects.toThrow();

    await server.orion('hosts', 'sync');
    const { results } = (await server.orion('cert', 'trust')) as ChangedTrust;
    expect(results.filter(({ isDone }) => isDone).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['system', 'nss:chromium']),
    );

    for (const name of NAMES) {
      expect((await run('getent', ['ahostsv4', name])).stdout).toMatch(/^127\.0\.0\.1\s/);
      expect((await lookup(name)).address).toBe('127.0.0.1');
      expect(await curlStatus(`https://${name}:${port}/`)).toBe('200');
    }
    expect(await openInChromium(port, home)).toEqual(NAMES.map(() => '200'));

    await server.orion('cert', 'untrust');
    await server.orion('hosts', 'clean');
    await expect(lookup(DOMAIN)).rejects.toThrow();
    expect(await curlStatus(`https://${DOMAIN}:${port}/`)).toBe('exit 6');
    expect(readFileSync(HOSTS).equals(hosts)).toBe(true);
    expect(existsSync(ANCHOR)).toBe(false);
  } finally {
    await putBack(server, hosts);
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
});

/** Without `-k` and without `--resolve`: what curl finds and trusts by itself. */
async function curlStatus(url: string): Promise<string> {
  const options = ['--silent', '--noproxy', '*', '--max-time', '20', '--output', '/dev/null'];
  return run('curl', [...options, '--write-out', '%{http_code}', url]).then(
    ({ stdout }) => stdout,
    ({ code }) => `exit ${code}`,
  );
}

/** Without a rule for names and without ignoring certificates. */
async function openInChromium(port: number, home: string): Promise<string[]> {
  const browser = await chromium.launch({
    executablePath: process.env['ORION_CHROMIUM'] ?? '',
    env: { ...process.env, HOME: home } as Record<string, string>,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-proxy-server'],
  });
  try {
    const page = await browser.newPage();
    const answers: string[] = [];
    for (const name of NAMES) {
      const answer = await page.goto(`https://${name}:${port}/`).catch((error: Error) => error);
      answers.push(answer instanceof Error ? answer.message : String(answer?.status()));
    }
    return answers;
  } finally {
    await browser.close();
  }
}

async function putBack(server: OrionServer, hosts: Buffer): Promise<void> {
  if (existsSync(ANCHOR)) await server.orion('cert', 'untrust').catch(() => undefined);
  if (!readFileSync(HOSTS).equals(hosts)) writeFileSync(HOSTS, hosts);
}
