/** The proxy passes on what is the platform's, as it is, and never anything else. */
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from '../../testing/http.ts';
import { type ForwardProxy, startForwardProxy } from './forward-proxy.ts';

let upstream: Server;
let proxy: ForwardProxy;
let endStream: () => void = () => undefined;

beforeAll(async () => {
  upstream = createServer((incoming, answer) => {
    if (incoming.url === '/stream') {
      answer.writeHead(200, { 'Content-Type': 'text/event-stream' });
      answer.write('data: first\n\n');
      endStream = () => answer.end('data: last\n\n');
      return;
    }
    let body = '';
    incoming.on('data', (piece) => {
      body += piece;
    });
    incoming.on('end', () => {
      answer.writeHead(201, { 'X-Own': 'kept', 'Set-Cookie': ['a=1', 'b=2'] });
      answer.end(JSON.stringify({ url: incoming.url, method: incoming.method, headers: incoming.headers, body }));
    });
  });
  upstream.on('upgrade', (incoming, socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n${incoming.headers.host} `,
    );
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  proxy = await startForwardProxy({
    port: 0,
    ports: () => ({ http: port, https: null }),
    isServed: async (host) => host === 'shop.example',
    pac: async () => 'the file',
  });
});

afterAll(async () => {
  await proxy.close();
  upstream.closeAllConnections();
  upstream.close();
});

function throughProxy(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<{ response: IncomingMessage; text: string }>((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const call = request({ host: '127.0.0.1', port: proxy.port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => resolve({ response, text }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

describe('a request with a whole address', () => {
  it('reaches the server with method, body and the host of the address, without what is of the connection', async () => {
    const { response, text } = await throughProxy('http://Shop.Example/a?b=1', {
      method: 'POST',
      headers: {
        Host: 'evil.example',
        'Proxy-Connection': 'keep-alive',
        Connection: 'X-Mine',
        'X-Mine': '1',
        'X-Other': '2',
      },
      body: 'grüße',
    });

    const seen = JSON.parse(text);
    expect(seen).toMatchObject({ url: '/a?b=1', method: 'POST', body: 'grüße' });
    expect(seen.headers).toMatchObject({ host: 'Shop.Example', 'x-other': '2' });
    expect(Object.keys(seen.headers).filter((name) => /proxy|x-mine/.test(name))).toEqual([]);
    expect([response.statusCode, response.headers['x-own'], response.headers['set-cookie']]).toEqual([
      201,
      'kept',
      ['a=1', 'b=2'],
    ]);
  });

  it('stays one request, whatever it says of its connection', async () => {
    const hidden = 'GET /hidden HTTP/1.1\r\nHost: shop.example\r\n\r\n';
    const framing = {
      'Content-Length': [String(hidden.length), hidden],
      'Transfer-Encoding': ['chunked', `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`],
    };
    for (const [name, [value, body]] of Object.entries(framing)) {
      const head = `GET http://shop.example/open HTTP/1.1\r\nHost: x\r\nConnection: close, ${name}\r\n${name}: ${value}`;
      const answer = await sendRaw(proxy.port, `${head}\r\n\r\n${body}`);
      expect(answer).toMatch(/^HTTP\/1.1 201 /);
      expect(answer).toContain('"url":"/open"');
      expect(answer).toContain('"body":"GET /hidden');
    }
  });

  it('passes a stream on while it lasts', async () => {
    const pieces: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const call = request(
      { host: '127.0.0.1', port: proxy.port, path: 'http://shop.example/stream', agent: false },
      (response) => {
        response.on('data', (piece) => {
          pieces.push(String(piece));
          if (pieces.length === 1) endStream();
        });
        response.on('end', resolve);
      },
    );
    call.end();
    await promise;
    expect(pieces).toEqual(['data: first\n\n', 'data: last\n\n']);
  });

  it('is refused for strangers, with a sentence', async () => {
    for (const path of [
      'http://example.com/',
      'http://shop.example.evil/',
      'http://127.0.0.1/',
      'http://shop.example:22/',
    ]) {
      const { response, text } = await throughProxy(path);
      expect([path, response.statusCode]).toEqual([path, 403]);
      expect(text).toMatch(/^This proxy .*\.\n$/);
    }
  });

  it('is told from one that means the proxy itself', async () => {
    expect((await throughProxy('/')).response.statusCode).toBe(400);
    const { response, text } = await throughProxy('/proxy.pac');
    expect([response.headers['content-type'], text]).toEqual(['application/x-ns-proxy-autoconfig', 'the file']);
  });
});

describe('a tunnel', () => {
  const answerTo = (text: string) => sendRaw(proxy.port, text);

  it('leads to the server', async () => {
    const head = 'CONNECT shop.example:80 HTTP/1.1\r\nHost: shop.example:80\r\n\r\n';
    const answer = await answerTo(`${head}GET /in HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 200 Connection established/);
    expect(answer).toContain('"url":"/in"');
  });

  it('is refused for strangers, other ports and nonsense', async () => {
    expect(await answerTo('CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(
      /^HTTP\/1.1 403 [\s\S]*HTTPS is off/,
    );
    expect(await answerTo('CONNECT example.com:80 HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(
      /^HTTP\/1.1 403 [\s\S]*none of them/,
    );
    expect(await answerTo('CONNECT shop.example:25 HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 403 /);
    expect(await answerTo('CONNECT nonsense HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    expect(await answerTo('not http at all\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    expect(await answerTo(`GET / HTTP/1.1\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 400 /);
  });
});

describe('an upgrade', () => {
  it('reaches the server, and bytes flow both ways', async () => {
    const socket = connect(proxy.port, '127.0.0.1');
    const { promise, resolve } = Promise.withResolvers<string>();
    let text = '';
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (text.endsWith('shop.example ')) socket.write('ping');
      if (text.endsWith('ping')) resolve(text);
    });
    socket.write(
      'GET http://shop.example/ws HTTP/1.1\r\nHost: shop.example\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n',
    );

    expect(await promise).toContain('101 Switching Protocols');
    socket.destroy();
  });
});

describe('a server that is gone', () => {
  it('is said so', async () => {
    const lonely = await startForwardProxy({
      port: 0,
      ports: () => ({ http: 1, https: null }),
      isServed: async () => true,
      pac: async () => '',
    });
    const answer = await sendRaw(
      lonely.port,
      'GET http://shop.example:1/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    await lonely.close();
    expect(answer).toMatch(/^HTTP\/1.1 502 Bad Gateway[\s\S]*does not answer/);
  });
});
