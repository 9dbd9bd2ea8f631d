import { expect, it } from 'vitest';
import { readHar } from './read-har.ts';

it('reads a HAR file, also behind a byte order mark, and keeps what programs add', () => {
  const file = { log: { version: '1.2', entries: [{ request: {}, _own: 1 }] } };

  expect(readHar(`\uFEFF${JSON.stringify(file)}`)).toEqual(file);
});

it.each([
  ['GET / HTTP/1.1', 'no JSON'],
  ['null', 'no log.entries'],
  ['{"log":{}}', 'no log.entries'],
  ['{"log":{"entries":[1],"version":"1.2"}}', 'no HAR 1.2 file'],
  [JSON.stringify({ log: { version: '1.2', entries: Array(20_001).fill({}) } }), 'at most 20000'],
])('says why %.40s is none', (text, reason) => {
  expect(() => readHar(text)).toThrow(reason);
});
