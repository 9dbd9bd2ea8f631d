import { once } from 'node:events';
import { spawnNode } from './child.ts';

export interface LoadOrder {
  readonly port: number;
  /** Asked for one after another. */
  readonly hosts: readonly string[];
  readonly path: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were no page, and requests without an answer. */
  readonly failures: number;
}

/** Sends load to servers, one after another. */
export interface LoadGenerator {
  /** @throws {Error} when any request failed */
  send(order: LoadOrder): Promise<LoadResult>;
  stop(): void;
}

export function startLoadGenerator(): LoadGenerator {
  const child = spawnNode({ entry: 'e2e/bench/load-worker.ts' });
  const ready = once(child.stdout ?? child, 'data');
  const ended = once(child, 'exit').then(() => [{ error: 'its process has ended' }]);
  return {
    async send(order) {
      await ready;
      const answered = once(child, 'message');
      child.send(order);
      const [answer] = (await Promise.race([answered, ended])) as [
        { readonly result?: LoadResult; readonly error?: string },
      ];
      if (!answer.result) throw new Error(`the load could not be sent: ${answer.error}`);
      if (answer.result.failures > 0) throw new Error(`${answer.result.failures} requests failed under load`);
      return answer.result;
    },
    stop: () => child.kill(),
  };
}
