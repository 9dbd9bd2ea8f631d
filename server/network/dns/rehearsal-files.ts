/**
 * The web server that the rehearsal's addresses lead to: it gives the file that proves a domain, as its owner's server would.
 * On loopback, and a stand-in like the rehearsal DNS.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OTHER_STORES_TOKEN, type Scenario, WRONG_TOKEN } from './rehearsal-zone.ts';

/** What is known of the host that was asked; null when it plays nothing. */
export interface PlayedFile {
  readonly scenario: Scenario;
  readonly path: string;
  readonly content: string;
}

export interface RunningFileServer {
  readonly port: number;
  close(): Promise<void>;
}

const SLOW_MS = 2000;

/** Starts it on a free port of loopback. */
export async function startFileServer(find: (host: string) => Promise<PlayedFile | null>): Promise<RunningFileServer> {
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
    find(host).then(
      (file) => answer(file, request.url ?? '/', response, timers),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Page {
  readonly status: number;
  readonly text: string;
  readonly location?: string;
}

const MISSING: Page = { status: 404, text: 'Not found\n' };

function answer(file: PlayedFile | null, path: string, response: ServerResponse, timers: Set<NodeJS.Timeout>): void {
  const page = file && path === file.path ? pageOf(file) : MISSING;
  if (!page) return;
  const give = () => {
    const { status, text, location } = page;
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', ...(location ? { Location: location } : {}) };
    response.writeHead(status, headers).end(text);
  };
  if (file?.scenario !== 'slow') {
    give();
    return;
  }
  const timer = setTimeout(() => {
    timers.delete(timer);
    give();
  }, SLOW_MS);
  timers.add(timer);
}

/** Null: no answer, ever. */
function pageOf({ scenario, path, content }: PlayedFile): Page | null {
  switch (scenario) {
    case 'timeout':
      return null;
    case 'empty':
    case 'not_found':
    case 'expired':
      return MISSING;
    case 'server_failure':
      return { status: 503, text: 'Out of order\n' };
    case 'wrong_token':
      return { status: 200, text: WRONG_TOKEN };
    case 'held_by_another_store':
      return { status: 200, text: OTHER_STORES_TOKEN };
    case 'loop':
      return { status: 301, text: '', location: path };
    case 'lies':
      return { status: 200, text: '<!doctype html><title>Buy this domain</title>' };
    default:
      return { status: 200, text: content };
  }
}
