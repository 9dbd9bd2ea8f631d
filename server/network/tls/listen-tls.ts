import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { answerUnreadable } from '../answer-unreadable.ts';
import type { Listening } from '../listen.ts';
import { bindOnLoopback, portOf } from '../loopback.ts';
import { asHttp1 } from './as-http1.ts';
import type { CertificateAndKey } from './issue.ts';

/** Without this, Node answers a missing Host itself, without a word of why. Its types do not know it here. */
const HTTP1_OPTIONS = { requireHostHeader: false };

/** What answers requests, of HTTP/1.1 and, by Node's compatible objects, of HTTP/2. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface TlsOptions {
  readonly port: number;
  readonly isFixed: boolean;
  /** Shown to clients that name nobody. */
  readonly platformPair: CertificateAndKey;
  readonly contextFor: (servername: string) => Promise<SecureContext>;
}

export interface TlsListening extends Listening {
  /** Shows another certificate to clients that name nobody. */
  showToUnnamed(pair: CertificateAndKey): void;
}

/**
 * Listens for HTTPS on loopback only, with HTTP/2 and HTTP/1.1.
 * @throws {StartupError} when the port is in use or may not be used
 */
export async function listenForTls(handler: RequestHandler, options: TlsOptions): Promise<TlsListening> {
  const open = { sockets: new Set<Socket>(), sessions: new Set<ServerHttp2Session>() };
  const create = () => {
    const server = createSecureServer(
      { allowHTTP1: true, ...HTTP1_OPTIONS, SNICallback: chooser(options.contextFor), ...asTls(options.platformPair) },
      (request, response) => {
        asHttp1(request);
        handler(request as unknown as IncomingMessage, response as unknown as ServerResponse);
      },
    );
    keepTrack(server, open);
    return server.on('clientError', answerUnreadable);
  };
  const { port, isFixed } = options;
  const servers = await bindOnLoopback(create, { port, isFixed, flag: '--https-port' });
  return {
    port: portOf(servers[0]),
    showToUnnamed(pair) {
      for (const server of servers) server.setSecureContext(asTls(pair));
    },
    async close(graceMs = 1000) {
      const closed = Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      // Sessions end when their last stream has; those that have none, now.
      for (const session of open.sessions) session.close();
      const timer = setTimeout(() => {
        for (const session of open.sessions) session.destroy();
        for (const socket of open.sockets) socket.destroy();
      }, graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function keepTrack(
  server: Http2SecureServer,
  open: { readonly sockets: Set<Socket>; readonly sessions: Set<ServerHttp2Session> },
): void {
  server.on('connection', (socket: Socket) => {
    open.sockets.add(socket);
    socket.once('close', () => open.sockets.delete(socket));
  });
  server.on('session', (session) => {
    open.sessions.add(session);
    session.once('close', () => open.sessions.delete(session));
  });
  // A client that ends its connection at the wrong moment is no fault of this program.
  server.on('sessionError', () => undefined);
}

function asTls({ certificate, key }: CertificateAndKey): { readonly cert: string; readonly key: string } {
  return { cert: certificate, key };
}

function chooser(contextFor: TlsOptions['contextFor']) {
  return (servername: string, done: (error: Error | null, context?: SecureContext) => void) => {
    contextFor(servername).then(
      (context) => done(null, context),
      (error: Error) => done(error),
    );
  };
}
