import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { StartupError } from '../errors.ts';

type Handler = NonNullable<Parameters<typeof createServer>[1]>;

const MAX_TRIES = 100;

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
  const tries = isFixed && port !== 0 ? 1 : MAX_TRIES;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const candidate = port === 0 ? 0 : port + attempt;
    if (candidate > 65535) break;
    const servers = await tryPort(handler, candidate);
    if (servers) return createListening(servers);
  }
  throw new StartupError(
    isFixed
      ? `Port ${port} is in use by another program. Stop it, or name another port with --port.`
      : `No port from ${port} on is free. Name one with --port.`,
  );
}

async function tryPort(handler: Handler, port: number): Promise<[Server, ...Server[]] | null> {
  const first = await listen(handler, port, '127.0.0.1');
  if (first === 'in_use') return null;
  if (first === 'no_address') throw new StartupError('This machine has no loopback address 127.0.0.1.');
  const second = await listen(handler, portOf(first), '::1').catch((error: unknown) => {
    first.close();
    throw error;
  });
  if (second === 'in_use') {
    first.close();
    return null;
  }
  return second === 'no_address' ? [first] : [first, second];
}

async function listen(handler: Handler, port: number, host: string): Promise<Server | 'in_use' | 'no_address'> {
  // Without this, Node answers a missing Host itself, without a word of why.
  const server = createServer({ requireHostHeader: false }, handler);
  server.on('clientError', answerUnreadable);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('in_use');
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve('no_address');
      else if (error.code === 'EACCES')
        reject(new StartupError(`Port ${port} needs administrator rights. Name a port above 1023 with --port.`));
      else reject(error);
    });
    server.listen(port, host, () => resolve(server));
  });
}

function createListening(servers: [Server, ...Server[]]): Listening {
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

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Answers what Node cannot read as a request at all, such as raw control characters in the request line. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const [status, code, detail] = isTooLarge
    ? ['431 Request Header Fields Too Large', 'headers_too_large', 'The headers of the request are too large.']
    : [
        '400 Bad Request',
        'request_unreadable',
        'This is not a readable HTTP request: it may hold raw control characters or letters outside ASCII.',
      ];
  const requestId = randomUUID();
  const body = JSON.stringify({
    type: `urn:orion:problem:${code}`,
    status: Number.parseInt(status, 10),
    code,
    detail,
    requestId,
  });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${requestId}\r\nConnection: close\r\n\r\n${body}`,
  );
}
