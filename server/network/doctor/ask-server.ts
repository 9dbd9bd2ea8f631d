import { request } from 'node:http';
import { PROBE_AGENT } from '../../observability/probe-agent.ts';

/** What a server answered. */
export interface AskedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** At most a mebibyte. */
  readonly text: string;
}

/** Asks this machine's server under a name; `host` is without port. Status 0 when nobody answered, with why in `text`. */
export type AskServer = (host: string, path: string) => Promise<AskedAnswer>;

const TIMEOUT_MS = 5000;
const MAX_BYTES = 1024 * 1024;

/** Asks on loopback, so that no name has to lead anywhere. */
export function askOnPort(port: number): AskServer {
  return (host, path) =>
    new Promise((resolve) => {
      const failed = (error: Error) => resolve({ status: 0, headers: {}, text: error.message });
      const headers = { Host: `${host}:${port}`, Accept: 'application/json, text/html', 'User-Agent': PROBE_AGENT };
      const call = request(
        { host: '127.0.0.1', port, path, headers, agent: false, signal: AbortSignal.timeout(TIMEOUT_MS) },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (piece: string) => {
            if (text.length < MAX_BYTES) text += piece;
          });
          response.on('error', failed);
          response.on('end', () => {
            const flat = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
            resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(flat), text });
          });
        },
      );
      call.on('error', failed);
      call.end();
    });
}
