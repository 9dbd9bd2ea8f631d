import { describe, expect, it } from 'vitest';
import {
  isSameRequest,
  partsOf,
  readWhatIf,
  sameRequestsQuery,
  sendable,
  type WhatIf,
  whyBody,
  writeWhatIf,
} from './what-if.ts';

const ask = (change: Partial<WhatIf> = {}): WhatIf => ({
  url: 'http://fashion.localhost:8000/products?page=2',
  method: 'GET',
  host: '',
  storeHeader: '',
  ...change,
});
const reached = { hostKind: 'subdomain', store: null };

describe('readWhatIf and writeWhatIf', () => {
  it.each([
    ask(),
    ask({ method: 'POST', host: 'evil.example', storeHeader: 'store_2' }),
    ask({ url: ' a b&c=d#e%2F é ' }),
  ])('keep everything in the address', (asked) => {
    expect(readWhatIf(new URLSearchParams(writeWhatIf(asked)))).toEqual(asked);
  });

  it('leave out what is usual, and stay readable', () => {
    expect(writeWhatIf(ask())).toBe('url=http://fashion.localhost:8000/products%3Fpage%3D2');
    expect(readWhatIf(new URLSearchParams())).toEqual(ask({ url: '' }));
  });
});

describe('whyBody', () => {
  it('leaves out headers that are not sent', () => {
    expect(whyBody(ask({ url: ' x ', host: ' ' }))).toEqual({ url: 'x', method: 'GET' });
    expect(whyBody(ask({ host: 'a', storeHeader: 'b' }))).toMatchObject({ host: 'a', storeHeader: 'b' });
  });
});

describe('partsOf', () => {
  it.each([
    ['fashion.localhost:8000', 'http', 'fashion.localhost:8000', '/'],
    ['https://a.example/x//y?z#f', 'https', 'a.example', '/x//y?z'],
    ['a.example?q=1', 'http', 'a.example', '/?q=1'],
    ['/only/a/path', 'http', '', '/only/a/path'],
  ])('splits %s without tidying it up', (url, scheme, host, path) => {
    expect(partsOf({ url, host: '' })).toEqual({ scheme, host, path });
  });

  it('puts the Host header in the place of the host', () => {
    expect(partsOf(ask({ host: 'evil.example' })).host).toBe('evil.example');
  });
});

describe('sendable', () => {
  it('gives the address that a browser opens', () => {
    expect(sendable(ask({ url: 'fashion.localhost:8000' }), reached)).toEqual({
      href: 'http://fashion.localhost:8000/',
    });
  });

  it.each([
    [ask({ method: 'POST' }), 'POST'],
    [ask({ host: 'x' }), 'Host'],
    [ask({ storeHeader: 'store_1' }), 'X-Store-ID'],
    [ask({ url: 'http://[/' }), 'cannot open'],
  ])('says why it cannot be sent', (asked, word) => {
    expect(sendable(asked, reached)).toEqual({ reason: expect.stringContaining(word) });
  });

  it('opens no name that may belong to somebody else', () => {
    const foreign = ask({ url: 'http://fashion.localhost.evil.example/' });

    expect(sendable(foreign, { hostKind: 'foreign', store: null })).toHaveProperty('reason');
    expect(sendable(ask({ url: 'javascript:alert(1)' }), { hostKind: null, store: null })).toHaveProperty('reason');
  });
});

describe('the latest real request', () => {
  it('is looked for by method, host and path', () => {
    expect(sameRequestsQuery(ask())).toEqual({
      text: 'GET fashion.localhost:8000/products?page=2',
      limit: 50,
      assets: 'hide',
    });
    expect(sameRequestsQuery(ask({ url: 'a.localhost/assets/x.css' }))).not.toHaveProperty('assets');
    expect(sameRequestsQuery(ask({ storeHeader: 'store_1' }))).toBeNull();
    expect(sameRequestsQuery(ask({ url: '/x' }))).toBeNull();
  });

  it('is one to exactly this address', () => {
    const request = { method: 'GET', host: 'Fashion.localhost:8000', path: '/products?page=2' };

    expect(isSameRequest(ask(), request)).toBe(true);
    expect(isSameRequest(ask(), { ...request, path: '/products?page=22' })).toBe(false);
    expect(isSameRequest(ask(), { ...request, method: 'HEAD' })).toBe(false);
    expect(isSameRequest(ask({ host: 'orion.localhost' }), request)).toBe(false);
  });
});
