import { describe, expect, it } from 'vitest';
import { isWebAddress, judgeNavigation } from './navigation.ts';

const CONSOLE = 'http://admin.localhost:8000/';

describe('judgeNavigation in the main frame', () => {
  it.each([
    ['http://admin.localhost:8000/', 'allow'],
    ['http://admin.localhost:8000/stores?create=1#x', 'allow'],
    ['http://ADMIN.localhost:8000/', 'allow'],
    ['http://admin.localhost:8001/', 'open-outside'],
    ['https://admin.localhost:8000/', 'open-outside'],
    ['http://techstore.localhost:8000/', 'open-outside'],
    ['http://localhost:8000/storefront/techstore', 'open-outside'],
    ['http://admin.localhost.example.com:8000/', 'open-outside'],
    ['https://example.com/', 'open-outside'],
    ['http://admin.localhost:8000@example.com/', 'deny'],
    ['file:///etc/passwd', 'deny'],
    ['data:text/html,hello', 'deny'],
    ['javascript:alert(1)', 'deny'],
    ['about:blank', 'deny'],
    ['blob:http://admin.localhost:8000/1b6f', 'deny'],
    ['smb://share/file', 'deny'],
    ['not an address', 'deny'],
  ])('%s: %s', (url, verdict) => {
    expect(judgeNavigation(url, CONSOLE, true)).toBe(verdict);
  });

  it('allows nothing while there is no console', () => {
    expect(judgeNavigation(CONSOLE, null, true)).toBe('open-outside');
    expect(judgeNavigation('http://techstore.localhost:8000/', null, false)).toBe('deny');
  });
});

describe('judgeNavigation in a frame: the preview', () => {
  it.each([
    ['http://techstore.localhost:8000/products', 'allow'],
    ['http://localhost:8000/storefront/techstore', 'allow'],
    ['http://admin.localhost:8000/', 'allow'],
    ['about:blank', 'allow'],
    ['about:srcdoc', 'allow'],
    ['http://techstore.localhost:9000/', 'deny'],
    ['http://techstore.localhost.example.com:8000/', 'deny'],
    ['http://evillocalhost:8000/', 'deny'],
    ['https://techstore.localhost:8000/', 'deny'],
    ['https://example.com/', 'deny'],
    ['file:///etc/passwd', 'deny'],
    ['data:text/html,hello', 'deny'],
  ])('%s: %s', (url, verdict) => {
    expect(judgeNavigation(url, CONSOLE, false)).toBe(verdict);
  });
});

describe('isWebAddress', () => {
  it.each([
    ['http://example.com', true],
    ['https://example.com/a?b#c', true],
    ['http://techstore.localhost:8000/', true],
    ['http://user@example.com/', false],
    ['http://user:secret@example.com/', false],
    ['ftp://example.com/', false],
    ['file:///etc/passwd', false],
    ['mailto:someone@example.com', false],
    ['https://', false],
    ['', false],
  ])('%s: %s', (url, expected) => {
    expect(isWebAddress(url)).toBe(expected);
  });
});
