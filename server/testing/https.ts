/** Requests over TLS, in HTTP/1.1 and HTTP/2. */
import { connect, type IncomingHttpHeaders, type IncomingHttpStatusHeader } from 'node:http2';
import { request } from 'node:https';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Answer } from './http.ts';

export interface SecureAsk {
  /** Whose certificate is asked for, and the host of the request. */
  readonly name: string;
  /** The authority that is trusted; nobody else is. */
  readonly ca: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks over HTTP/1.1; fails where the certificate is not for the name, or of another authority. */
export function askSecurely(port: number, wanted: SecureAsk): Promise<Answer> {
  const { name, ca, path = '/', method = 'GET', headers = {}, body } = wanted;
  return new Promise((resolve, reject) => {
    const sent = { Host: `${name}:${port}`, ...headers };
    const call = request(
      { host: '127.0.0.1', servername: name, port, ca, path, method, headers: sent, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve(toAnswer(response.statusCode ?? 0, response.headers, text)));
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

/** The same over HTTP/2, in a session of its own. Headers may hold pseudo headers, which then win. */
export async function askOverHttp2(port: number, wanted: SecureAsk): Promise<Answer> {
  const { name, ca, path = '/', method = 'GET', headers = {}, body } = wanted;
  const session = connect(`https://${name}:${port}`, { createConnection: () => openTls(port, name, ca) });
  try {
    return await new Promise((resolve, reject) => {
      session.once('error', reject);
      const stream = session.request({ ':path': path, ':method': method, ':authority': `${name}:${port}`, ...headers });
      let text = '';
      let received: IncomingHttpHeaders & IncomingHttpStatusHeader = {};
      stream.on('response', (answered) => {
        received = answered;
      });
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      stream.on('end', () => resolve(toAnswer(received[':status'] ?? 0, received, text)));
      stream.on('error', reject);
      stream.end(body);
    });
  } finally {
    session.close();
  }
}

/** A connection that speaks HTTP/2, to 127.0.0.1 whatever the name. */
export function openTls(port: number, name: string, ca: string): TLSSocket {
  return connectTls({ host: '127.0.0.1', port, servername: name, ca, ALPNProtocols: ['h2'] });
}

/** The names of the certificate that is shown, whoever trusts it; without a name as a client that names nobody. */
export function shownNames(port: number, name?: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const servername = name === undefined ? {} : { servername: name };
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, ...servername }, () => {
      resolve(socket.getPeerCertificate().subjectaltname);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

function toAnswer(status: number, headers: IncomingHttpHeaders, text: string): Answer {
  const flat = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return { status, headers: Object.fromEntries(flat), text, json: () => JSON.parse(text) };
}
