import { describe, expect, it } from 'vitest';
import { curlCommand, quote } from './curl.ts';

const request = (changes: Partial<Parameters<typeof curlCommand>[0]> = {}) => ({
  method: 'GET',
  host: 'localhost:8000',
  path: '/',
  requestHeaders: {},
  ...changes,
});
const command = (changes: Parameters<typeof request>[0]) => curlCommand(request(changes)).command;

describe('quote', () => {
  it.each([
    ["it's", String.raw`'it'\''s'`],
    ['$(touch x) "a" \\ !', String.raw`'$(touch x) "a" \ !'`],
    ['two\nlines', "'two\nlines'"],
    ['', "''"],
  ])('makes one word of %j', (text, word) => {
    expect(quote(text)).toBe(word);
  });
});

describe('curlCommand', () => {
  it('is short for a plain request', () => {
    expect(command({ path: '/products?page=2' })).toBe("curl 'http://localhost:8000/products?page=2'");
  });

  it('says where names are that may resolve nowhere', () => {
    expect(command({ host: 'fashion.localhost:8000' })).toBe(
      "curl 'http://fashion.localhost:8000/' \\\n  --resolve 'fashion.localhost:8000:127.0.0.1'",
    );
    expect(command({ host: 'shop.example' })).toContain("--resolve 'shop.example:80:127.0.0.1'");
    expect(curlCommand(request({ host: 'shop.example' }), 'https').command).toContain(':443:127.0.0.1');
  });

  it('sends a host that is no name as a header', () => {
    expect(command({ host: "evil'host:8000" })).toBe(
      "curl 'http://127.0.0.1:8000/' \\\n  --header 'Host: evil'\\''host:8000'",
    );
  });

  it('repeats headers, leaves out masked ones and what curl sets itself, and says so', () => {
    const { command: text, missing } = curlCommand(
      request({
        method: 'POST',
        requestHeaders: {
          host: 'x',
          connection: 'close',
          cookie: '…',
          'x-empty': '',
          'x-store-id': 'store_1',
          'content-length': '5',
        },
      }),
    );

    expect(text).toBe(
      "curl --request 'POST' 'http://localhost:8000/' \\\n  --header 'x-empty;' \\\n  --header 'x-store-id: store_1'",
    );
    expect(missing).toEqual(['cookie', 'the body, which is not recorded']);
  });

  it('keeps paths that curl would change', () => {
    expect(command({ path: '/a/../[b]' })).toBe("curl --globoff --path-as-is 'http://localhost:8000/a/../[b]'");
  });

  it('asks for the same answer form', () => {
    expect(command({ method: 'HEAD', requestHeaders: { 'accept-encoding': 'gzip' } })).toBe(
      "curl --head 'http://localhost:8000/' \\\n  --compressed",
    );
  });

  it('says that a token is masked', () => {
    expect(curlCommand(request({ path: '/sign-in?token=…' })).missing).toEqual(['the token in the address']);
  });
});
