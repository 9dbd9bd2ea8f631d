import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, createServer as createServer2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BodyArena } from './body-arena.ts';
import { type BodyCapture, captureBodies, type SeenBody } from './body-capture.ts';
import { bytesOf, describeBody } from './describe-body.ts';

const LIMIT = 64 * 1024;
const MEGABYTE = 1024 * 1024;

/** What the last request was seen to carry; complete when its answer was read. */
let capture: BodyCapture = { request: null, response: null };
const arena = new BodyArena(MEGABYTE);
let handle: (req: IncomingMessage, res: ServerResponse) => unknown = () => undefined;
const server = createServer((req, res) => {
  capture = captureBodies(req, res, LIMIT, (text, bytes) => {
    const place = arena.storeText(text, bytes);
    return place === null ? null : { place, bytes: Buffer.from(text) };
  });
  void handle(req, res);
});
const portOf = () => (server.address() as AddressInfo).port;

/** A body with what was kept of it, wherever that is. */
function kept(body: SeenBody | null): SeenBody | null {
  const read = body && body.place !== null ? arena.read(body.place, body.keptBytes) : null;
  return body && read ? { ...body, kept: [read] } : body;
}

/** Pieces of a body that is never in memory as a whole; the same bytes every time. */
function* pieces(megabytes: number): Generator<Buffer> {
  for (let index = 0; index < megabytes; index += 1) yield Buffer.alloc(MEGABYTE, `${index} \0\xff binary `, 'latin1');
}

function hashOf(megabytes: number): string {
  const hash = createHash('sha256');
  for (const piece of pieces(megabytes)) hash.update(piece);
  return hash.digest('hex');
}

function send(
  method: string,
  body?: Readable,
  headers: Record<string, string> = {},
): Promise<{ hash: string; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ port: portOf(), method, headers, agent: false }, async (response) => {
      const hash = createHash('sha256');
      let text = '';
      for await (const chunk of response) {
        hash.update(chunk);
        if (text.length < 1000) text += String(chunk);
      }
      resolve({ hash: hash.digest('hex'), text });
    });
    call.on('error', reject);
    if (body) void pipeline(body, call).catch(reject);
    else call.end();
  });
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

describe('captureBodies', () => {
  it('lets 50 MB of binary pass both ways unchanged, and keeps the beginning', async () => {
    handle = async (req, res) => {
      const hash = createHash('sha256');
      for await (const chunk of req) hash.update(chunk);
      res.setHeader('X-Hash', hash.digest('hex'));
      await pipeline(Readable.from(pieces(50)), res);
    };
    const expected = hashOf(50);
    const { hash } = await send('POST', Readable.from(pieces(50)));

    expect(hash).toBe(expected);
    const start = Buffer.concat([...pieces(1)]).subarray(0, LIMIT);
    for (const body of [capture.request, capture.response]) {
      expect(body).toMatchObject({ bytes: 50 * MEGABYTE, isCut: true });
      expect(body && bytesOf(body).equals(start)).toBe(true);
      expect(body?.keptBytes).toBe(LIMIT);
    }
  });

  it('sees a body that is read late, in pieces, or not at all', async () => {
    handle = async (req, res) => {
      await new Promise((resolve) => setImmediate(resolve));
      req.setEncoding('utf8');
      const read: string[] = [];
      for (let chunk = req.read(); ; chunk = req.read()) {
        if (chunk !== null) read.push(chunk);
        else if (req.readableEnded) break;
        else await Promise.race([once(req, 'readable'), once(req, 'end')]);
      }
      res.end(read.join(''));
    };
    const { text } = await send('POST', Readable.from(['naïve ', 'text']));
    expect(text).toBe('naïve text');
    expect(describeBody(kept(capture.request), { 'content-type': 'text/plain' })).toMatchObject({
      text: 'naïve text',
      bytes: 11,
    });

    handle = (_req, res) => res.writeHead(413).end('no');
    await send('POST', Readable.from(['ignored']), { 'Content-Length': '7' });
    expect(describeBody(kept(capture.response), { 'content-type': 'text/plain' })?.text).toBe('no');
  });

  it('sees texts, bytes and encodings as they are written', async () => {
    handle = (_req, res) => {
      res.write('ä');
      res.write('4869', 'hex');
      res.write(new Uint8Array([0x21]));
      res.end('?', () => undefined);
    };
    const { text } = await send('GET');

    expect(text).toBe('äHi!?');
    expect(describeBody(kept(capture.response), { 'content-type': 'text/plain' })).toMatchObject({
      text: 'äHi!?',
      bytes: 6,
    });
    expect(capture.request).toBeNull();
  });

  it('notes a stream of events as one, and nothing where nothing was written', async () => {
    handle = (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      for (let index = 0; index < 5; index += 1) res.write(`data: ${index}\n\n`);
      res.end();
    };
    await send('GET');
    const body = describeBody(kept(capture.response), { 'content-type': 'text/event-stream' });
    expect(body?.text).toContain('data: 4');
    expect(body?.note).toContain('Streamed');

    // As pages are: whole, and in its place before the request has ended.
    handle = (_req, res) => res.setHeader('Content-Length', 20).end('a whole page, naïve', 'utf8', () => undefined);
    expect((await send('GET')).text).toBe('a whole page, naïve');
    expect(capture.response).toMatchObject({ bytes: 20, kept: [], keptBytes: 20, place: expect.any(Number) });
    expect(describeBody(kept(capture.response), {})?.text).toBe('a whole page, naïve');

    handle = (_req, res) => res.writeHead(304).end();
    await send('GET');
    expect(describeBody(kept(capture.response), {})).toBeNull();
  });

  it('counts once what HTTP/2 carries', async () => {
    const server2 = createServer2((req: Http2ServerRequest, res: Http2ServerResponse) => {
      capture = captureBodies(req as unknown as IncomingMessage, res as unknown as ServerResponse, LIMIT, () => null);
      req.resume().on('end', () => {
        res.write('one ');
        res.end('two');
      });
    });
    server2.listen(0, '127.0.0.1');
    await once(server2, 'listening');
    const client = connect(`http://127.0.0.1:${(server2.address() as AddressInfo).port}`);
    const stream = client.request({ ':method': 'POST', ':path': '/' });
    stream.end('question');
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    client.close();
    server2.close();

    expect(text).toBe('one two');
    expect(capture.request).toMatchObject({ bytes: 8 });
    expect(capture.response).toMatchObject({ bytes: 7, isCut: false });
  });
});
