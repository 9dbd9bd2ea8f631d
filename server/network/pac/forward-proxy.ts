/**
 * A small forward proxy on loopback, for browsers that read the PAC file: it lets `http://shop.example/` work without a
 * hosts entry and without a port. It leads to this server's own ports and nowhere else, and only for names that the
 * platform answers for, so it is never a way to other machines.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { PAC_TYPE } from './pac-file.ts';
import {
  NOT_A_PROXY_REQUEST,
  type ProxyPorts,
  type ProxyTarget,
  type Refusal,
  readAbsolute,
  readConnect,
} from './target.ts';

const MAX_HEADER_BYTES = 32 * 1024;
const MAX_CONNECTIONS = 512;
const HEADERS_WITHIN_MS = 15_000;
const CLOSE_WITHIN_MS = 500;

export interface ForwardProxyOptions {
  /** Tried first; the next free ones after it. 0 takes any. */
  readonly port: number;
  readonly ports: () => ProxyPorts;
  /** Whether the platform answers for a name; anything else is refused. */
  readonly isServed: (hostname: string) => Promise<boolean>;
  /** The PAC file's text, which the proxy also serves itself at `/proxy.pac`. */
  readonly pac: () => Promise<string>;
}

export interface ForwardProxy {
  readonly port: number;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Starts it on 127.0.0.1. @throws {Error} when none of 50 ports is free */
export async function startForwardProxy(options: ForwardProxyOptions): Promise<ForwardProxy> {
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: HEADERS_WITHIN_MS, requestTimeout: 0 },
    (incoming, outgoing) => void forward(incoming, outgoing, options).catch(() => outgoing.destroy()),
  );
  server.maxConnections = MAX_CONNECTIONS;
  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (incoming, client, head) => {
    void tunnel(incoming, client, head, options).catch(() => client.destroy());
  });
  server.on('upgrade', (incoming, client, head) => {
    void upgrade(incoming, client, head, options).catch(() => client.destroy());
  });
  server.on('clientError', (_error, socket) => answerRaw(socket, { status: 400, message: NOT_A_PROXY_REQUEST }));
  await listenNear(server, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, CLOSE_WITHIN_MS).unref();
      }),
  };
}

const PORTS_TRIED = 50;

async function listenNear(server: ReturnType<typeof createServer>, first: number): Promise<void> {
  for (let port = first; port < first + PORTS_TRIED && port <= 65_535; port += 1) {
    const isListening = await new Promise<boolean>((resolve, reject) => {
      const onError = (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error);
      server.once('error', onError);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', onError);
        resolve(true);
      });
    });
    if (isListening) return;
  }
  throw new Error(`None of the ports from ${first} on is free for the proxy.`);
}

/** A request with a whole address: asked of this server, streamed both ways. */
async function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: ForwardProxyOptions,
): Promise<void> {
  if (isPacFile(incoming)) return servePac(outgoing, await options.pac());
  const read = readAbsolute(incoming.url ?? '', options.ports());
  if ('status' in read) return answer(outgoing, read);
  const refusal = await judge(read.target, options);
  if (refusal) return answer(outgoing, refusal);
  const upstream = request({ ...requestTo(incoming, read.target), path: read.path });
  upstream.on('response', (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, passedOn(response.rawHeaders));
    // Events of a stream are not held back.
    outgoing.flushHeaders();
    response.pipe(outgoing);
    response.on('error', () => outgoing.destroy());
  });
  // Expectations are the server's to answer.
  upstream.on('continue', () => outgoing.writeContinue());
  upstream.on('error', () => (outgoing.headersSent ? outgoing.destroy() : answer(outgoing, SILENT)));
  outgoing.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
}

/** `Upgrade` by a whole address: the head is passed on, then bytes flow both ways. */
async function upgrade(
  incoming: IncomingMessage,
  client: Duplex,
  head: Buffer,
  options: ForwardProxyOptions,
): Promise<void> {
  client.on('error', () => client.destroy());
  const read = readAbsolute(incoming.url ?? '', options.ports());
  if ('status' in read) return answerRaw(client, read);
  const refusal = await judge(read.target, options);
  if (refusal) return answerRaw(client, refusal);
  const server = connect(read.target.port, '127.0.0.1', () => {
    server.write(headOf(incoming, read.target, read.path));
    if (head.length > 0) server.write(head);
    join(client, server);
  });
  server.once('error', () => answerRaw(client, SILENT));
}

/** `CONNECT`: bytes flow both ways, to a port of this server. */
async function tunnel(
  incoming: IncomingMessage,
  client: Duplex,
  head: Buffer,
  options: ForwardProxyOptions,
): Promise<void> {
  client.on('error', () => client.destroy());
  const target = readConnect(incoming.url ?? '', options.ports());
  const refusal = 'status' in target ? target : await judge(target, options);
  if (refusal) return answerRaw(client, refusal);
  const server = connect((target as ProxyTarget).port, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) server.write(head);
    join(client, server);
  });
  server.once('error', () => answerRaw(client, SILENT));
}

function join(client: Duplex, server: Socket): void {
  server.on('error', () => client.destroy());
  server.on('close', () => client.destroy());
  client.on('close', () => server.destroy());
  client.pipe(server).pipe(client);
}

async function judge(target: ProxyTarget, options: ForwardProxyOptions): Promise<Refusal | null> {
  if (await options.isServed(target.hostname)) return null;
  const message = `This proxy is for the names of this platform; ${target.hostname} is none of them.`;
  return { status: 403, message };
}

/** The Host is the one of the address, as RFC 9112 §3.2.2 has it: what the server makes of it stays right. */
function requestTo(
  incoming: IncomingMessage,
  { authority, port }: ProxyTarget,
): Parameters<typeof request>[0] & object {
  const headers = ['Host', authority, ...passedOn(incoming.rawHeaders, ['host'])];
  return { host: '127.0.0.1', port, method: incoming.method, headers, agent: false, setHost: false } as never;
}

/** Of the connection, not of the message. Source: RFC 9110 §7.6.1. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
];

/** Say where a message ends: without them a body would be read as the next request. Nothing takes them away. */
const FRAMING: readonly string[] = ['content-length', 'transfer-encoding'];

/** Raw headers without those of the connection and those that it names itself. */
function passedOn(raw: readonly string[], also: readonly string[] = []): string[] {
  const named = raw.flatMap((text, index) =>
    raw[index - 1]?.toLowerCase() === 'connection' && index % 2 === 1 ? text.toLowerCase().split(/\s*,\s*/) : [],
  );
  const left = new Set([...HOP_BY_HOP, ...also, ...named]);
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (!left.has(name.toLowerCase()) || FRAMING.includes(name.toLowerCase())) kept.push(name, raw[index + 1] ?? '');
  }
  return kept;
}

/** The head of an upgrade for the server: here the headers of the connection are the message. */
function headOf(incoming: IncomingMessage, { authority }: ProxyTarget, path: string): string {
  const lines = [`${incoming.method} ${path} HTTP/1.1`, `Host: ${authority}`];
  const raw = incoming.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? '';
    if (name !== 'host' && !name.startsWith('proxy-')) lines.push(`${raw[index]}: ${raw[index + 1]}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function isPacFile({ method, url }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && url === '/proxy.pac';
}

function servePac(outgoing: ServerResponse, text: string): void {
  outgoing.writeHead(200, { 'Content-Type': PAC_TYPE, 'Cache-Control': 'no-cache' });
  outgoing.end(text);
}

const SILENT = { status: 502, message: 'The server of Orion Studio does not answer.' } as const;
const REASONS = { 400: 'Bad Request', 403: 'Forbidden', 502: 'Bad Gateway' } as const;

type Answered = Refusal | typeof SILENT;

function answer(outgoing: ServerResponse, { status, message }: Answered): void {
  outgoing.writeHead(status, REASONS[status], { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  outgoing.end(`${message}\n`);
}

function answerRaw(socket: Duplex, { status, message }: Answered): void {
  if (!socket.writable) return void socket.destroy();
  const body = `${message}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${REASONS[status]}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
