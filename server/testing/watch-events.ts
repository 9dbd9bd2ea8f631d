import { PassThrough } from 'node:stream';
import { EventClient } from '../console/events-client.ts';
import type { ServerEvent } from '../contract/events.ts';
import type { TestPlatform } from './test-platform.ts';

/** Opens a stream of events as a console does; the function gives what has come since it was last called. */
export function watchEvents<Name extends ServerEvent['name']>(
  platform: TestPlatform,
  name: Name,
): () => Extract<ServerEvent, { name: Name }>['data'][] {
  const stream = new PassThrough();
  const client = new EventClient(
    stream,
    () => undefined,
    async () => true,
  );
  platform.parts.events.open(client, '');
  return () =>
    [...String(stream.read() ?? '').matchAll(/event: (\w+)\ndata: (.*)\n/g)].flatMap(([, found, data = '']) =>
      found === name ? [JSON.parse(data)] : [],
    );
}
