/** Protects what is copied out of the inspector: it runs as it is, and nothing that was sent becomes code or Markdown. */
import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curlCommand } from '../contract/curl.ts';
import { textBody, traceWith } from '../testing/traces.ts';
import { copyTrace } from './copy.ts';
import { fetchCode } from './copy-fetch.ts';

const about = { version: '1.0.0', engine: 'sqlite', isolation: 'database', mode: 'development' };
const report = (more: Parameters<typeof traceWith>[0]) => copyTrace(traceWith(more), 'report', about);

describe('as curl', () => {
  it('hands the shell every word as it was', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[\0…]/.test(text) && text !== '');
    fc.assert(
      fc.property(words, words, (header, body) => {
        const trace = traceWith({ method: 'POST', requestHeaders: { 'x-a': header }, requestBody: textBody(body) });
        const script = `curl() { printf '%s\\0' "$@"; }\n${curlCommand(trace).command}`;

        const seen = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0');

        expect(seen[seen.indexOf('--data-raw') + 1]).toBe(body);
        expect(seen).toContain(`x-a: ${header}`);
      }),
      { numRuns: 25 },
    );
  });

  it('sends bytes through a pipe, names what is missing, and repeats no secret', () => {
    const bytes = { ...textBody('abc', 'image/png'), text: null, base64: 'AAEC' };
    const text = copyTrace(
      traceWith({ method: 'PUT', requestHeaders: { cookie: '…', 'content-type': 'image/png' }, requestBody: bytes }),
      'curl',
      about,
    );

    expect(text).toMatch(
      /^# Left out, not recorded: cookie\nprintf %s 'AAEC' \| base64 --decode \| curl --request 'PUT'/,
    );
    expect(text).toContain('--data-binary @-');
  });

  it('declares no form where no type was declared, and says when the body is not whole', () => {
    const cut = traceWith({
      method: 'POST',
      requestHeaders: { 'content-length': '900' },
      requestBody: { ...textBody('abc'), bytes: 900 },
    });

    expect(curlCommand(traceWith({ method: 'POST', requestBody: textBody('a') })).command).toContain(
      "--header 'Content-Type:'",
    );
    expect(curlCommand(cut).missing).toEqual(['the body, which was not kept whole']);
  });
});

describe('as fetch', () => {
  it('is JavaScript that asks the same', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('…'));
    fc.assert(
      fc.property(texts, texts, (header, body) => {
        const trace = traceWith({
          method: 'POST',
          requestHeaders: { 'x-a': header, cookie: '…', host: 'x' },
          requestBody: textBody(`${body}</script>`),
        });
        const code = fetchCode(trace)
          .replace('const response = await ', 'result = ')
          .replace(/console\.log.*/, '');
        const seen: { url?: string; options?: { headers: object; body: string; method: string } } = {};

        runInNewContext(code, {
          result: null,
          fetch: (url: string, options: never) => Object.assign(seen, { url, options }),
        });

        expect(code).not.toContain('</script>');
        expect(seen.url).toBe('http://techstore.localhost:8000/products');
        expect({ ...seen.options }).toMatchObject({ method: 'POST', body: `${body}</script>` });
        expect({ ...seen.options?.headers }).toEqual({ 'x-a': header });
      }),
      { numRuns: 100 },
    );
  });
});

describe('as a bug report', () => {
  it('says what was asked, who answered and why, the answer, SQL and errors', () => {
    const text = report({
      ladder: [
        {
          rule: 'subdomain',
          result: 'matched',
          input: 'techstore',
          query: null,
          cached: true,
          reason: 'is its subdomain',
          durationMs: 1,
        },
      ],
      sql: [{ sql: 'SELECT 1', parameters: null, startMs: 0, durationMs: 2, rows: 1, error: null, span: null }],
      error: { name: 'Error', code: null, message: 'broken', stack: 'Error: broken\n  at x', source: null },
      responseBody: textBody('```html\n</p>'),
    });

    for (const part of [
      '# `GET /products` answered 200',
      '| subdomain | matched | techstore |',
      'SELECT 1;',
      '## Error',
      'Orion Studio | 1.0.0',
      'sqlite/database',
    ])
      expect(text).toContain(part);
    expect(text).toContain('````\n```html');
  });

  it('lets nothing that was sent become Markdown', () => {
    const text = report({ path: '/`x`|<img src=x>', responseHeaders: { 'x-a': 'a | b\n# c <script>' } });

    expect(text).toContain('# `` GET /`x`|<img src=x> `` answered 200');
    expect(text).toContain('a \\| b # c \\<script\\>');
  });
});
