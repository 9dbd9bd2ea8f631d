import type { AddressInfo, Server } from 'node:net';
import { StartupError } from '../errors.ts';

const MAX_TRIES = 100;

export interface LoopbackPort {
  /** Tried first; 0 takes any free one. */
  readonly port: number;
  /** When false, the next free port is taken instead of failing. */
  readonly isFixed: boolean;
  /** What names the port on the command line, for messages. */
  readonly flag: '--port' | '--https-port';
}

/**
 * Binds servers on loopback only: on 127.0.0.1 and, where there is one, ::1, both on the same port.
 * @throws {StartupError} when the port is in use or may not be used
 */
export async function bindOnLoopback<Kind extends Server>(
  create: () => Kind,
  wanted: LoopbackPort,
): Promise<readonly [Kind, ...Kind[]]> {
  const { port, isFixed, flag } = wanted;
  const tries = isFixed && port !== 0 ? 1 : MAX_TRIES;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const candidate = port === 0 ? 0 : port + attempt;
    if (candidate > 65535) break;
    const servers = await tryPort(create, candidate, flag);
    if (servers) return servers;
  }
  throw new StartupError(
    isFixed
      ? `Port ${port} is in use by another program. Stop it, or name another port with ${flag}.`
      : `No port from ${port} on is free. Name one with ${flag}.`,
  );
}

/** The port that a bound server listens on. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function tryPort<Kind extends Server>(
  create: () => Kind,
  port: number,
  flag: LoopbackPort['flag'],
): Promise<[Kind, ...Kind[]] | null> {
  const first = await bind(create(), port, '127.0.0.1', flag);
  if (first === 'in_use') return null;
  if (first === 'no_address') throw new StartupError('This machine has no loopback address 127.0.0.1.');
  const second = await bind(create(), portOf(first), '::1', flag).catch((error: unknown) => {
    first.close();
    throw error;
  });
  if (second === 'in_use') {
    first.close();
    return null;
  }
  return second === 'no_address' ? [first] : [first, second];
}

function bind<Kind extends Server>(
  server: Kind,
  port: number,
  host: string,
  flag: LoopbackPort['flag'],
): Promise<Kind | 'in_use' | 'no_address'> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('in_use');
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve('no_address');
      else if (error.code === 'EACCES')
        reject(new StartupError(`Port ${port} needs administrator rights. Name a port above 1023 with ${flag}.`));
      else reject(error);
    });
    server.listen(port, host, () => resolve(server));
  });
}
