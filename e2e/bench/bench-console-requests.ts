/** The requests that the console's benchmark lets the server record. */
import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import { storeCodes } from './seed.ts';

const CONNECTIONS = 16;
/** Most requests go to as many stores as have their files open; every tenth goes to any of them. */
const BUSY_STORES = 60;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
}

type Shape = (code: string, port: number) => Sent;

const get = (host: string, path: string, headers: OutgoingHttpHeaders = {}): Sent => ({
  method: 'GET',
  path,
  headers: { Host: host, ...headers },
});
const onStore =
  (path: string): Shape =>
  (code, port) =>
    get(`${code}.localhost:${port}`, path);
const byPath =
  (path: string): Shape =>
  (code, port) =>
    get(`localhost:${port}`, `/storefront/${code}${path}`);

/** What is sent, each as often as the others: pages, files, API, mistakes, in every routing mode that needs no DNS. */
const SHAPES: readonly Shape[] = [
  onStore('/products'),
  onStore('/collections/kitchen'),
  onStore('/search?q=mug'),
  onStore('/pages/about'),
  onStore('/products/nothing-here'),
  onStore('/media/products/nothing-1.webp'),
  onStore('/products//'),
  (code, port) => get(`${code}.localhost:${port}`, `/products/stoneware-mug-no-${numberOf(code)}-1`),
  (code, port) => ({ ...get(`${code}.localhost:${port}`, '/products'), method: 'POST' }),
  byPath('/products'),
  byPath('/pages/about'),
  byPath('/nothing-here'),
  (code, port) => get(`localhost:${port}`, '/api/storefront/products', { 'X-Store-ID': `store_${numberOf(code)}` }),
  (code, port) => get(`no-${code}.localhost:${port}`, '/'),
  (code) => get(`${code}.example`, '/'),
];

function numberOf(code: string): number {
  return Number(code.slice(-4));
}

/** Sends real requests over connections that stay open, and waits for every answer, whatever its status. */
export async function sendRequests(port: number, count: number, stores: number): Promise<void> {
  const codes = storeCodes(stores);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let next = 0;
  const sendInTurn = async () => {
    while (next < count) {
      const number = next;
      next += 1;
      await send(port, requestAt(number, codes, port), agent);
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, sendInTurn));
  } finally {
    agent.destroy();
  }
}

/** The same in every run; neighbours differ in store and kind. */
function requestAt(number: number, codes: readonly string[], port: number): Sent {
  const among = number % 10 === 9 ? codes.length : Math.min(BUSY_STORES, codes.length);
  // Knuth's multiplicative hash: looks like chance and is not.
  const mixed = (number * 2_654_435_761) % 2 ** 32;
  const shape = SHAPES[number % SHAPES.length] as Shape;
  return shape(codes[mixed % among] ?? '', port);
}

function send(port: number, { method, path, headers }: Sent, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
      response.resume().once('end', resolve).once('error', reject);
    });
    sent.once('error', reject);
    sent.end();
  });
}
