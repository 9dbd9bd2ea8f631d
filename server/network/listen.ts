import { createServer, type Server } from 'node:http';
import { answerUnreadable } from './answer-unreadable.ts';
import { bindOnLoopback, portOf } from './loopback.ts';

type Handler = NonNullable<Parameters<typeof createServer>[1]>;

export interface Listening {
  readonly port: number;
  /** Stops taking connections, lets running requests end, and closes the rest after `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Listens on loopback only, on 127.0.0.1 and, where there is one, ::1.
 * @param port tried first; 0 takes any free one
 * @param isFixed when false, the next free port is taken instead of failing
 * @throws {StartupError} when the port is in use
 */
export async function listenOnLoopback(handler: Handler, port: number, isFixed: boolean): Promise<Listening> {
  const create = () => {
    // Without this, Node answers a missing Host itself, without a word of why.
    const server = createServer({ requireHostHeader: false }, handler);
    return server.on('clientError', answerUnreadable);
  };
  return createListening(await bindOnLoopback(create, { port, isFixed, flag: '--port' }));
}

function createListening(servers: readonly [Server, ...Server[]]): Listening {
  return {
    port: portOf(servers[0]),
    async close(graceMs = 1000) {
      const closed = Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      for (const server of servers) server.closeIdleConnections();
      const timer = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
      }, graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
