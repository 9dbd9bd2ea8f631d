/** Protects comparisons: what differs in every answer is not a difference, and nothing large holds up the server. */
import { describe, expect, it } from 'vitest';
import { textBody, traceWith } from '../testing/traces.ts';
import { compareTraces } from './compare.ts';
import { withoutValues } from './compare-sql.ts';
import { diffLines, withContext } from './diff-lines.ts';

const page = (nonce: string, id: string, title: string) =>
  `<html><head><style nonce="${nonce}">a{}</style></head><body><h1>${title}</h1><p>${id}</p><script src="/x.js" defer data-orion-debug-bar="{&quot;ms&quot;:${id.length}}"></script></body></html>`;
const answer = (requestId: string, nonce: string, title = 'Shop') =>
  traceWith({
    requestId,
    responseHeaders: {
      date: nonce,
      'x-request-id': requestId,
      'content-security-policy': `style-src 'nonce-${nonce}'`,
      'content-length': String(title.length),
    },
    responseBody: textBody(page(nonce, requestId, title)),
  });
const statement = (sql: string) => ({
  sql,
  parameters: null,
  startMs: 0,
  durationMs: 1,
  rows: 1,
  error: null,
  span: null,
});

describe('compareTraces', () => {
  it('finds nothing between two answers that differ in nonces, ids, dates and the debug bar', () => {
    const { headers, body, summary } = compareTraces(answer('first-request', 'a1'), answer('second', 'b2'));

    expect(body).toEqual([]);
    expect(headers.filter((one) => !one.isVolatile && one.left !== one.right)).toEqual([]);
    expect(summary).toBe('Both answered 200, with the same headers, body and SQL.');
  });

  it('shows the changed line of a page, and counts its length as a difference then', () => {
    const { headers, body, summary } = compareTraces(
      answer('request-a', 'x'),
      answer('request-b', 'y', 'Another shop'),
      ['A note.'],
    );

    expect(body?.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'removed <h1>Shop</h1>',
      'added <h1>Another shop</h1>',
    ]);
    expect(headers.find(({ name }) => name === 'content-length')?.isVolatile).toBe(false);
    expect(summary).toBe(
      'Both answered 200. One header differs: content-length. The body differs in 2 lines. Neither sent SQL. A note.',
    );
  });

  it('compares JSON member by member, and says when a body was not kept or is not whole', () => {
    const json = (text: string) => traceWith({ responseBody: textBody(text, 'application/json') });

    expect(compareTraces(json('{"a":1,"b":2}'), json('{ "b":2, "a":1 }')).body).not.toEqual([]);
    expect(compareTraces(json('{"a":1}'), json('{ "a": 1 }')).body).toEqual([]);
    expect(compareTraces(json('{}'), traceWith()).body).toBeNull();
    expect(compareTraces(json('{}'), traceWith({ method: 'HEAD' })).body).not.toBeNull();
    const cut = traceWith({ responseBody: { ...textBody('abc', 'text/plain'), bytes: 900 } });
    expect(compareTraces(cut, cut).summary).toContain('Only the kept parts');
  });

  it('tells bytes that differ from bytes that do not', () => {
    const bytes = (base64: string) =>
      traceWith({ responseBody: { ...textBody('abc', 'image/png'), text: null, base64 } });

    expect(compareTraces(bytes('AAEC'), bytes('AAEC')).body).toEqual([]);
    expect(compareTraces(bytes('AAEC'), bytes('AAED')).body).not.toEqual([]);
  });

  it('compares statements without their values and in their order', () => {
    const left = traceWith({ sql: ['SELECT 1 FROM a WHERE id = 5', "SELECT 'x'"].map(statement) });
    const right = traceWith({ sql: ['SELECT 1 FROM a WHERE id = 7', 'SELECT b'].map(statement) });

    expect(compareTraces(left, right).sql.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'same SELECT ? FROM a WHERE id = ?',
      'removed SELECT ?',
      'added SELECT b',
    ]);
  });

  it('gives up on bodies that have nothing in common, soon', () => {
    const lines = (from: number) => Array.from({ length: 20_000 }, (_, index) => `line ${from + index * 2}`).join('\n');
    const text = (from: number) => traceWith({ responseBody: textBody(lines(from), 'text/plain') });

    const { body, summary } = compareTraces(text(0), text(1));

    expect(body).toBeNull();
    expect(summary).toContain('too much to be shown line by line');
  });
});

describe('withoutValues', () => {
  it.each([
    ["SELECT * FROM t WHERE a = 'it''s' AND b IN (1, 2, 3)", 'SELECT * FROM t WHERE a = ? AND b IN (?, …)'],
    ['SELECT "x2" FROM "techstore"."t"\n  LIMIT 24', 'SELECT "x2" FROM "t" LIMIT ?'],
    ['SELECT $1, $12', 'SELECT ?, ?'],
  ])('%s', (sql, expected) => {
    expect(withoutValues(sql, 'techstore')).toBe(expected);
  });
});

describe('diffLines', () => {
  it('numbers lines of both sides, and leaves out what is far from a change', () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
    const lines = diffLines(before, [...before.slice(0, 10), 'new', ...before.slice(10)]) ?? [];

    expect(lines.find(({ kind }) => kind === 'added')).toEqual({ kind: 'added', text: 'new', before: null, after: 11 });
    expect(withContext(lines).map(({ text }) => text)).toEqual([
      '…',
      'line 8',
      'line 9',
      'line 10',
      'new',
      'line 11',
      'line 12',
      'line 13',
      '…',
    ]);
    expect(withContext(diffLines(before, before) ?? [])).toEqual([]);
  });
});
