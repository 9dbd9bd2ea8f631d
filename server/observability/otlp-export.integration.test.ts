import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { OtlpExport } from './otlp-export.ts';
import { connectOtlp } from './otlp-sender.ts';
import type { RequestTrace } from './trace.ts';

interface Exported {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
  readonly status: { readonly code?: number };
}

/** A collector that keeps what it is sent. */
async function startCollector(status = 200) {
  const bodies: string[] = [];
  const server = createServer(async (req, res) => {
    let text = '';
    for await (const chunk of req) text += String(chunk);
    bodies.push(text);
    res.writeHead(status, { 'Content-Type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
  const spans = (): Exported[] =>
    bodies.flatMap((text) =>
      JSON.parse(text).resourceSpans.flatMap((one: { scopeSpans: { spans: Exported[] }[] }) =>
        one.scopeSpans.flatMap((scope) => scope.spans),
      ),
    );
  return { endpoint, bodies, spans };
}

const trace = (more: Partial<RequestTrace> = {}): RequestTrace =>
  ({
    requestId: 'request-1',
    traceId: '0af7651916cd43dd8448eb211c80319c',
    startedAt: 1_700_000_000_000.5,
    durationMs: 12,
    method: 'GET',
    host: 'techstore.localhost:8000',
    path: '/products?q=mug&token=…',
    status: 200,
    route: '/products',
    scheme: 'http',
    httpVersion: '1.1',
    mode: 'subdomain',
    role: 'anonymous',
    store: { id: 1, code: 'techstore', name: '', color: '' },
    requestHeaders: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'user-agent': 'test' },
    error: null,
    spans: [
      { name: 'host-guard', startMs: 1, durationMs: 10, parent: null },
      { name: 'area', startMs: 2, durationMs: 8, parent: 0 },
    ],
    sql: [
      {
        sql: 'SELECT * FROM users WHERE email = $1',
        parameters: '["ZqSECRETqZ"]',
        startMs: 3,
        durationMs: 2,
        rows: 4,
        error: null,
        span: 1,
      },
    ],
    ...more,
  }) as unknown as RequestTrace;

function exporter() {
  const log = { warn: vi.fn(), info: vi.fn() };
  const connect = vi.fn(async (endpoint: string) =>
    connectOtlp(endpoint, { version: '1.2.3', engine: () => 'sqlite' }),
  );
  const otlp = new OtlpExport({ connect, log, everyMs: 5 });
  onTestFinished(() => otlp.close());
  return { otlp, log, connect };
}

describe('OtlpExport', () => {
  it('sends a request with its spans and statements, below the span it came from, by the usual names', async () => {
    const { endpoint, spans, bodies } = await startCollector();
    const { otlp } = exporter();
    otlp.sendTo(endpoint);
    otlp.add(trace());
    await vi.waitFor(() => expect(spans()).toHaveLength(4));

    const [root, guard, area, statement] = spans();
    const attribute = (span: Exported | undefined, key: string) =>
      Object.values(span?.attributes.find((one) => one.key === key)?.value ?? {})[0];
    expect(root).toMatchObject({ name: 'GET /products', traceId: '0af7651916cd43dd8448eb211c80319c', kind: 2 });
    expect(root?.parentSpanId).toBe('b7ad6b7169203331');
    expect([guard?.parentSpanId, area?.parentSpanId, statement?.parentSpanId]).toEqual([
      root?.spanId,
      guard?.spanId,
      area?.spanId,
    ]);
    expect(BigInt(root?.endTimeUnixNano ?? 0) - BigInt(root?.startTimeUnixNano ?? 0)).toBe(12_000_000n);
    expect(attribute(root, 'http.request.method')).toBe('GET');
    expect(Number(attribute(root, 'http.response.status_code'))).toBe(200);
    expect(attribute(root, 'url.path')).toBe('/products');
    expect(attribute(root, 'server.address')).toBe('techstore.localhost');
    expect(attribute(root, 'orion.store')).toBe('techstore');
    expect(attribute(statement, 'db.system.name')).toBe('sqlite');
    expect(attribute(statement, 'db.query.text')).toContain('FROM users');
    expect(bodies.join('')).toContain('orion-studio');
    expect(bodies.join('')).not.toContain('ZqSECRETqZ');
    await vi.waitFor(() => expect(otlp.state).toMatch(/^1 traces were sent to http:\/\/127/));
  });

  it('marks a fault with what was thrown', async () => {
    const { endpoint, spans, bodies } = await startCollector();
    const { otlp } = exporter();
    otlp.sendTo(endpoint);
    otlp.add(
      trace({
        status: 500,
        error: { name: 'TypeError', code: null, message: 'x is not y', stack: null, source: null },
      }),
    );
    await vi.waitFor(() => expect(spans()).toHaveLength(4));

    expect(spans()[0]?.status).toMatchObject({ code: 2 });
    expect(bodies.join('')).toContain('x is not y');
  });

  it('loads nothing and keeps nothing without an endpoint', () => {
    const { otlp, connect } = exporter();
    otlp.add(trace());

    expect(connect).not.toHaveBeenCalled();
    expect(otlp.state).toBeNull();
  });

  it('drops what a collector does not take, says so once, and goes on when it is back', async () => {
    const { otlp, log } = exporter();
    const refusing = await startCollector(400);
    otlp.sendTo(`${refusing.endpoint}?key=ZqSECRETqZ`);
    for (let index = 0; index < 3; index += 1) {
      otlp.add(trace());
      await vi.waitFor(() => expect(refusing.bodies).toHaveLength(index + 1));
    }
    await vi.waitFor(() => expect(otlp.state).toContain('3 were dropped'));
    expect(otlp.state).toContain('did not take');
    expect(log.warn).toHaveBeenCalledTimes(1);
    expect(`${otlp.state} ${JSON.stringify(log.warn.mock.calls)}`).not.toContain('ZqSECRETqZ');

    const willing = await startCollector();
    otlp.sendTo(willing.endpoint);
    otlp.add(trace());
    await vi.waitFor(() => expect(otlp.state).toContain('1 traces were sent'));
  });

  it('keeps a bounded number waiting while a collector does not answer, and ends all the same', async () => {
    const log = { warn: vi.fn(), info: vi.fn() };
    let fail: (error: Error) => void = () => undefined;
    const send = vi.fn(
      () =>
        new Promise<void>((_resolve, reject) => {
          fail = reject;
        }),
    );
    const otlp = new OtlpExport({ log, connect: async () => ({ send, close: async () => undefined }), everyMs: 1 });
    otlp.sendTo('http://localhost:4318/v1/traces');
    for (let index = 0; index < 5000; index += 1) otlp.add(trace());
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1));
    fail(new Error('connect ECONNREFUSED'));
    await vi.waitFor(() => expect(otlp.state).toContain('ECONNREFUSED'));
    expect(Number(/(\d+) were dropped/.exec(otlp.state ?? '')?.[1])).toBe(5000 - 1000);
    const closing = otlp.close();
    fail(new Error('still away'));
    await closing;
    expect(otlp.state).toBeNull();
  });
});
