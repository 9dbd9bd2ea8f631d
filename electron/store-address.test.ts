import { describe, expect, it } from 'vitest';
import { judgeStoreNavigation } from './store-address.ts';

const PORTS = { http: 8000, https: 8443 };

describe('judgeStoreNavigation', () => {
  it.each([
    ['http://techstore.localhost:8000/', 'allow'],
    ['http://shop.example:8000/a?b#c', 'allow'],
    ['https://shop.example:8443/', 'allow'],
    ['https://shop.example:8000/', 'open-outside'],
    ['http://shop.example:8443/', 'open-outside'],
    ['http://shop.example/', 'open-outside'],
    ['https://example.com/', 'open-outside'],
    ['http://user:secret@shop.example:8000/', 'deny'],
    ['file:///etc/passwd', 'deny'],
    ['javascript:alert(1)', 'deny'],
    ['about:blank', 'deny'],
  ])('in the main frame, %s: %s', (url, verdict) => {
    expect(judgeStoreNavigation(url, PORTS, true)).toBe(verdict);
  });

  it('keeps frames inside', () => {
    expect(judgeStoreNavigation('https://example.com/', PORTS, false)).toBe('deny');
    expect(judgeStoreNavigation('about:blank', PORTS, false)).toBe('allow');
  });

  it('knows the usual ports, and that https may be off', () => {
    expect(judgeStoreNavigation('https://shop.example/', { http: 80, https: 443 }, true)).toBe('allow');
    expect(judgeStoreNavigation('http://shop.example/', { http: 80, https: null }, true)).toBe('allow');
    expect(judgeStoreNavigation('https://shop.example/', { http: 80, https: null }, true)).toBe('open-outside');
    expect(judgeStoreNavigation('http://shop.example:8000/', null, true)).toBe('open-outside');
  });
});
