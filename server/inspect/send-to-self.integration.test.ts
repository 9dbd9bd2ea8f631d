/** Protects sending to this server: answers of any size and of no end are read without being kept. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RequestRecorder } from '../observability/request-recorder.ts';
import { traceWith } from '../testing/traces.ts';
import type { Outgoing } from './outgoing.ts';
import { SEND_LIMITS, type SendLimits, sendToSelf } from './send-to-self.ts';

const outgoing: Outgoing = {
  method: 'GET',
  scheme: 'http',
  host: 'x',
  path: '/',
  headers: new Map(),
  secrets: [],
  body: null,
  notes: [],
};

/** A server that records as the real one does: when an answer is out. */
async function serverWith(answer: RequestListener) {
  const recorder = new RequestRecorder({ maxRequests: 10, maxBytes: 1e6 });
  const server = createServer((request, response) => {
    const requestId = String(request.headers['x-request-id']);
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => recorder.add(traceWith({ requestId, status: response.statusCode })));
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return (limits: Partial<SendLimits> = {}) =>
    sendToSelf(outgoing, 'the-request', { http: port, https: null }, recorder, { ...SEND_LIMITS, ...limits });
}

describe('sendToSelf', () => {
  it('reads an answer of 50 MB and keeps none of it', async () => {
    const piece = Buffer.alloc(1024 * 1024);
    let written = 0;
    const send = await serverWith((_request, response) => {
      const more = () => {
        while (written < 50) {
          written += 1;
          if (!response.write(piece)) return response.once('drain', more);
        }
        return response.end();
      };
      more();
    });

    expect(await send()).toMatchObject({ trace: { requestId: 'the-request', status: 200 }, cut: null });
    expect(written).toBe(50);
  });

  it('ends an answer that is larger than the limit, and says so', async () => {
    const send = await serverWith((_request, response) => void response.end(Buffer.alloc(4 * 1024 * 1024)));

    expect((await send({ maxBytes: 1024 * 1024 })).cut).toBe('The answer was ended after 1 MiB.');
  });

  it('ends what never ends by itself', async () => {
    const events = await serverWith((_request, response) => {
      response.setHeader('Content-Type', 'text/event-stream');
      response.write('data: 1\n\n');
    });
    const silent = await serverWith((_request, response) => response.flushHeaders());

    expect((await events({ streamMs: 20 })).cut).toBe('The stream of events was ended after 0.02 s.');
    expect((await silent({ timeoutMs: 20 })).cut).toBe('The answer was ended after 0.02 s.');
  });

  it('says when there is no answer, or one to something else', async () => {
    const broken = await serverWith((request) => void request.socket.destroy());
    const other = await serverWith((_request, response) => {
      response.setHeader('X-Request-Id', 'another');
      response.statusCode = 400;
      response.end();
    });

    await expect(broken()).rejects.toMatchObject({ status: 502, code: 'no_answer' });
    await expect(other()).rejects.toMatchObject({ status: 422, code: 'request_unreadable' });
  });
});
