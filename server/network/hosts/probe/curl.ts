import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { PROBE_AGENT } from '../../../observability/probe-agent.ts';
import { BOOT_HEADER, type HttpProbe, PROBE_PATH } from './http-probe.ts';

const SECONDS = 3;

export interface CurlAnswer {
  readonly http: HttpProbe;
  /** Empty when curl could not resolve the name, or asked a proxy. */
  readonly addresses: readonly string[];
  /** What curl itself said of a failure. */
  readonly error: string | null;
}

/** Runs a program and gives what it printed; rejects when it fails. */
export type RunCurl = (args: readonly string[]) => Promise<{ readonly stdout: string }>;

/** Asks a name with curl, as somebody in a terminal would. Returns null when there is no curl. */
export async function askWithCurl(
  name: string,
  port: number,
  bootId: string,
  run: RunCurl = runCurl,
): Promise<CurlAnswer | null> {
  const url = `http://${name}:${port}${PROBE_PATH}`;
  const startedAt = performance.now();
  const write = '%{http_code} %{remote_ip}';
  const args = ['-sS', '-A', PROBE_AGENT, '--max-time', `${SECONDS}`, '-o', devNull, '-D', '-', '-w', write, url];
  const ms = () => Math.round((performance.now() - startedAt) * 10) / 10;
  try {
    const { stdout } = await run(args);
    const [, code = '0', address = ''] = /(?:^|\n)(\d{3}) (\S*)$/.exec(stdout) ?? [];
    const boot = new RegExp(`^${BOOT_HEADER}: (\\S+)`, 'im').exec(stdout)?.[1];
    return {
      http: { url, status: Number(code) || null, isOurs: boot === bootId, ms: ms() },
      addresses: address === '' ? [] : [address],
      error: null,
    };
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') return null;
    return { http: { url, status: null, isOurs: false, ms: ms() }, addresses: [], error: stderr.trim() || 'it failed' };
  }
}

function runCurl(args: readonly string[]): Promise<{ readonly stdout: string }> {
  return promisify(execFile)('curl', [...args], { timeout: (SECONDS + 1) * 1000, windowsHide: true });
}

/** The proxy that curl asks instead, when the environment names one and does not leave the name out. */
export function proxyFor(name: string, env: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const proxy = env['http_proxy'] ?? env['all_proxy'] ?? env['ALL_PROXY'];
  if (!proxy) return null;
  const exceptions = (env['no_proxy'] ?? env['NO_PROXY'] ?? '')
    .split(',')
    .map((item) => item.trim().replace(/^\*?\./, ''));
  return exceptions.some((item) => (item === '' ? false : item === '*' || name === item || name.endsWith(`.${item}`)))
    ? null
    : proxy;
}
