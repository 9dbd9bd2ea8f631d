/** Sends load from a process of its own, so that making it takes no time of the servers. Talks over IPC. */
import { createRequire } from 'node:module';
import type { LoadOrder, LoadResult } from './load.ts';

interface AutocannonResult {
  readonly duration: number;
  readonly requests: { readonly total: number };
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly non2xx: number;
  readonly errors: number;
}
interface AutocannonClient {
  setRequests(requests: readonly object[]): void;
}
type Autocannon = (options: object) => Promise<AutocannonResult>;

const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon;

async function send(order: LoadOrder): Promise<LoadResult> {
  const { port, hosts, path } = order;
  const requests = hosts.map((host) => ({ method: 'GET', path, headers: { Host: `${host}:${port}` } }));
  let clients = 0;
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: order.connections,
    duration: order.seconds,
    requests,
    // Every connection goes through all stores, each from another one on.
    setupClient(client: AutocannonClient) {
      const start = Math.floor((clients * requests.length) / order.connections);
      clients += 1;
      client.setRequests([...requests.slice(start), ...requests.slice(0, start)]);
    },
  });
  return {
    requests: result.requests.total,
    requestsPerSecond: result.requests.total / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: result.non2xx + result.errors,
  };
}

process.on('message', (order: LoadOrder) => {
  send(order).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
// end-with-parent.ts lets a child go that has nothing to do; this one waits for orders.
process.channel?.ref();
process.stdout.write('{"port":0}\n');
