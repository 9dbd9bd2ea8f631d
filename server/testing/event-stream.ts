import { type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';
import type { EventName, EventPayload } from '../contract/events.ts';

/** One event as it came over the wire. */
export interface ReceivedEvent<Name extends EventName = EventName> {
  readonly id: string;
  readonly name: Name;
  readonly data: EventPayload<Name>;
}

export interface EventStream {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Everything that came so far. */
  readonly events: readonly ReceivedEvent[];
  /** The first event of a name that fits, also among those that came before. */
  next<Name extends EventName>(name: Name, fits?: (data: EventPayload<Name>) => boolean): Promise<ReceivedEvent<Name>>;
  /** Waits until the server ends the stream; false when the connection broke instead. */
  ended: Promise<boolean>;
  /** Goes away. */
  close(): void;
}

/** Listens to a server's events; it goes away with the test. */
export function openEventStream(
  port: number,
  headers: Readonly<Record<string, string>>,
  lastEventId = '',
): Promise<EventStream> {
  const sent = {
    Host: `admin.localhost:${port}`,
    ...(lastEventId === '' ? {} : { 'Last-Event-ID': lastEventId }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path: '/api/events', headers: sent, agent: false });
    call.on('response', (response) => resolve(follow(response, () => call.destroy())));
    call.on('error', reject);
    call.end();
    onTestFinished(() => {
      call.destroy();
    });
  });
}

function follow(response: IncomingMessage, close: () => void): EventStream {
  const events: ReceivedEvent[] = [];
  const waiting = new Set<() => void>();
  let unread = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    const blocks = (unread + chunk).split('\n\n');
    unread = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parse(block);
      if (event) events.push(event);
    }
    for (const look of waiting) look();
  });
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    next: (name, fits = () => true) =>
      new Promise((resolve) => {
        const look = () => {
          const found = events.find((event) => event.name === name && fits(event.data as never));
          if (!found) return;
          waiting.delete(look);
          resolve(found as never);
        };
        waiting.add(look);
        look();
      }),
    ended: new Promise((resolve) => {
      response.on('error', () => resolve(false));
      response.on('close', () => resolve(response.complete));
    }),
    close,
  };
}

function parse(block: string): ReceivedEvent | null {
  const fields = new Map(
    block
      .split('\n')
      .map((line) => /^(\w+): (.*)$/.exec(line))
      .flatMap((match) => (match ? [[match[1], match[2]] as const] : [])),
  );
  const data = fields.get('data');
  if (data === undefined) return null;
  return { id: fields.get('id') ?? '', name: fields.get('event') as EventName, data: JSON.parse(data) };
}
