import { request } from 'node:http';
import { PROBE_AGENT } from '../../../observability/probe-agent.ts';

const TIMEOUT_MS = 3000;
/** Changes with every start of a server: tells this one from any other. */
export const BOOT_HEADER = 'x-orion-boot';
/** Answered for every host, before any store is looked for. */
export const PROBE_PATH = '/health/live';

export interface HttpProbe {
  readonly url: string;
  readonly status: number | null;
  /** This very server answered. */
  readonly isOurs: boolean;
  readonly ms: number;
}

/** Asks an address under a name, as a browser does that was led there. Never fails: no answer is a status of null. */
export function probeHttp(name: string, address: string, port: number, bootId: string): Promise<HttpProbe> {
  const startedAt = performance.now();
  const url = `http://${name}:${port}${PROBE_PATH}`;
  return new Promise((resolve) => {
    const settle = (status: number | null, isOurs: boolean) =>
      resolve({ url, status, isOurs, ms: Math.round((performance.now() - startedAt) * 10) / 10 });
    const call = request(
      {
        host: address,
        port,
        path: PROBE_PATH,
        headers: { Host: `${name}:${port}`, 'User-Agent': PROBE_AGENT },
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      (response) => {
        settle(response.statusCode ?? null, response.headers[BOOT_HEADER] === bootId);
        response.destroy();
      },
    );
    call.on('error', () => settle(null, false));
    call.end();
  });
}
