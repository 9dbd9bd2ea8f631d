/**
 * Sends a request to this server itself. It only ever connects to its own port on loopback, whatever the address says:
 * the Host header decides which store answers, so nothing else can be reached from here.
 */
import { type RequestOptions, request } from 'node:http';
import { request as requestTls } from 'node:https';
import { AppError } from '../errors.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import type { RequestTrace } from '../observability/trace.ts';
import type { Outgoing } from './outgoing.ts';

/** Where this server listens: one of them at least is not null. */
export interface OwnPorts {
  readonly http: number | null;
  readonly https: number | null;
}

interface OwnPort {
  readonly port: number;
  readonly isTls: boolean;
}

/** How much of an answer is waited for. */
export interface SendLimits {
  /** Of the whole exchange. */
  readonly timeoutMs: number;
  /** Of a stream of events, which may never end. */
  readonly streamMs: number;
  readonly maxBytes: number;
}

export const SEND_LIMITS: SendLimits = { timeoutMs: 30_000, streamMs: 1000, maxBytes: 256 * 1024 * 1024 };
const RECORDING_MS = 5000;

interface Answer {
  readonly requestId: string;
  readonly status: number;
  /** Why the answer was not read to its end; null when it was. */
  readonly cut: string | null;
}

/**
 * Sends a request and waits until it is recorded.
 * @throws {AppError} 422 when the server could not read it, 502 when it gave no answer, 504 when it was not recorded
 */
export async function sendToSelf(
  outgoing: Outgoing,
  requestId: string,
  own: OwnPorts,
  recorder: RequestRecorder,
  limits: SendLimits = SEND_LIMITS,
): Promise<{ readonly trace: RequestTrace; readonly cut: string | null }> {
  const recorded = untilRecorded(recorder, requestId);
  try {
    const answer = await exchange(outgoing, requestId, portFor(outgoing.scheme, own), limits);
    if (answer.requestId !== requestId) {
      const message = `The server could not read this request as HTTP and answered ${answer.status}.`;
      throw new AppError(message, { status: 422, code: 'request_unreadable' });
    }
    return { trace: await recorded.trace(RECORDING_MS), cut: answer.cut };
  } finally {
    recorded.stop();
  }
}

/** The port of the scheme asked for, where there is one: stores answer the same on both. */
function portFor(scheme: Outgoing['scheme'], { http, https }: OwnPorts): OwnPort {
  const isTls = https !== null && (scheme === 'https' || http === null);
  return { port: (isTls ? https : http) ?? 0, isTls };
}

/** Reads the answer to its end and keeps nothing of it: what it was is in the trace. */
function exchange(outgoing: Outgoing, requestId: string, own: OwnPort, limits: SendLimits): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = (own.isTls ? requestTls : request)(optionsOf(outgoing, requestId, own));
    let cut: string | null = null;
    const cutAfter = (ms: number, what: string) =>
      setTimeout(() => {
        cut = `${what} was ended after ${ms / 1000} s.`;
        call.destroy();
      }, ms);
    const timer = cutAfter(limits.timeoutMs, 'The answer');
    let streamTimer: NodeJS.Timeout | undefined;
    let answer: Omit<Answer, 'cut'> | null = null;
    call.on('response', (response) => {
      answer = { requestId: String(response.headers['x-request-id'] ?? ''), status: response.statusCode ?? 0 };
      const isStream = /^text\/event-stream\b/.test(response.headers['content-type'] ?? '');
      if (isStream) streamTimer = cutAfter(limits.streamMs, 'The stream of events');
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= limits.maxBytes) return;
        cut = `The answer was ended after ${Math.round(limits.maxBytes / 1024 / 1024)} MiB.`;
        call.destroy();
      });
      // A broken answer is an answer: its trace says what came of it.
      response.on('error', () => undefined);
    });
    let failure: Error | null = null;
    call.on('error', (error) => {
      failure = error;
    });
    call.on('close', () => {
      clearTimeout(timer);
      clearTimeout(streamTimer);
      if (answer) resolve({ ...answer, cut });
      else reject(noAnswer(cut ?? failure?.message ?? 'the connection was closed'));
    });
    call.end(outgoing.body ?? undefined);
  });
}

function optionsOf({ method, host, path, headers, body }: Outgoing, requestId: string, own: OwnPort): RequestOptions {
  return {
    host: '127.0.0.1',
    port: own.port,
    method,
    path,
    agent: false,
    setHost: false,
    // The other end is this process: its certificate proves nothing to itself.
    ...(own.isTls ? { rejectUnauthorized: false, servername: serverName(host) } : {}),
    headers: {
      ...Object.fromEntries(headers),
      Host: host,
      'X-Request-Id': requestId,
      Connection: 'close',
      ...(body ? { 'Content-Length': body.length } : {}),
    },
  };
}

/** What the certificate is chosen by; an address is no name. */
function serverName(host: string): string {
  const name = host.replace(/:\d+$/, '').replace(/\.$/, '');
  return /^[a-z0-9.-]*[a-z]$/i.test(name) ? name : '';
}

function noAnswer(why: string): AppError {
  return new AppError(`The server gave no answer: ${why}`, { status: 502, code: 'no_answer' });
}

/** Watches for the trace of a request from now on. */
function untilRecorded(recorder: RequestRecorder, requestId: string) {
  let found: RequestTrace | 'dropped' | null = null;
  let tell: () => void = () => undefined;
  const stop = recorder.subscribe(() => {
    // Asking by the newest sequence costs the same however many are kept.
    const newest = recorder.between(recorder.newest, recorder.newest)?.[0];
    if (newest?.requestId !== requestId) return;
    found = recorder.get(requestId);
    tell();
  });
  return {
    stop,
    async trace(timeoutMs: number): Promise<RequestTrace> {
      if (found === null)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          tell = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      if (found !== null && found !== 'dropped') return found;
      const message = 'The request was sent and answered, but what was recorded of it is not kept.';
      throw new AppError(message, { status: 504, code: 'not_recorded' });
    },
  };
}
