import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDomain, twinOf, zoneOf } from './domain-name.ts';

const read = (text: string) => readDomain(text, 'localhost');

describe('readDomain', () => {
  it.each([
    ['Shop.Example.COM.', 'shop.example.com', 'shop.example.com'],
    ['  books.example ', 'books.example', 'books.example'],
    ['bücher.example', 'xn--bcher-kva.example', 'bücher.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example', 'bücher.example'],
    ['foo.github.io', 'foo.github.io', 'foo.github.io'],
    ['a.b.co.uk', 'a.b.co.uk', 'a.b.co.uk'],
  ])('takes %s and keeps %s', (text, domain, displayName) => {
    expect(read(text)).toMatchObject({ domain, displayName, fault: null });
  });

  it.each([
    ['', 'Enter a domain name'],
    ['localhost', 'is the platform itself'],
    ['shop.localhost', "below the platform's own localhost"],
    ['a.b.localhost', "below the platform's own localhost"],
    ['shop', 'has no dot'],
    ['*.example.com', 'is a wildcard'],
    ['https://shop.example.com/cart', 'Enter the name alone: shop.example.com'],
    ['shop.example.com/cart', 'Enter the name alone: shop.example.com'],
    ['me@example.com', 'is an e-mail address'],
    ['shop.example.com:8080', 'has a port. A domain is kept without: shop.example.com'],
    ['203.0.113.10', 'is an address, not a name'],
    ['2001:db8::1', 'is an address, not a name'],
    ['[::1]', 'is an address, not a name'],
    ['0x7f.1', 'is read as the address 127.0.0.1'],
    ['2130706433', 'is read as the address 127.0.0.1'],
    ['co.uk', 'is a public suffix'],
    ['github.io', 'is a public suffix'],
    ['a..example', 'has an empty part'],
    ['.example.com', 'has an empty part'],
    ['-a.example', 'begins or ends with a hyphen'],
    ['a_b.example', 'has an underscore'],
    [`${'a'.repeat(64)}.example`, 'has 64 characters; at most 63'],
    ['two words.example', 'has a space'],
    ['soft\u00adhyphen.example', 'a sign that cannot be seen'],
    ['xn--zn7c.example', 'no valid punycode'],
    ['a%2fb.example', 'has characters that no domain name has'],
  ])('refuses %j: %s', (text, expected) => {
    expect(read(text).fault).toContain(expected);
  });

  it('refuses names that are too long, without repeating them whole', () => {
    const long = read(`${'a.'.repeat(130)}example`).fault ?? '';
    const longer = read('a'.repeat(2000)).fault ?? '';

    expect(long).toContain('has 267 characters; at most 253');
    expect(longer).toContain('has 2000 characters');
    expect(Math.max(long.length, longer.length)).toBeLessThan(200);
  });

  it.each([
    ['shop.local', ['mdns']],
    ['shop.dev', ['hsts_preload']],
    ['shop.app', ['hsts_preload']],
    ['shop.test', ['reserved_tld']],
    ['shop.example.com', ['reserved_tld']],
    ['foo.github.io', ['public_suffix']],
    ['bücher.de', ['punycode']],
    ['shop.de', []],
  ])('warns of %s: %j', (text, codes) => {
    expect(read(text).warnings.map(({ code }) => code)).toEqual(codes);
  });

  it('tells of names that are drawn like others', () => {
    const messageOf = (text: string) => read(text).warnings.find(({ code }) => code === 'punycode')?.message;

    expect(messageOf('аррӏе.de')).toContain('look like Latin ones');
    // Latin with one Cyrillic letter.
    expect(messageOf('p\u0430ypal.de')).toContain('several scripts');
    expect(messageOf('東京タワー.de')).not.toContain('taken for another name');
    expect(messageOf('bücher.de')).toBe('bücher.de is kept and sent as xn--bcher-kva.de.');
  });

  it('reads any text without failing, and its own result as the same', () => {
    const labels = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 5,
    });
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      labels.map((parts) => parts.join('.')),
      fc.domain(),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const first = read(text);
        if (first.fault !== null) return;
        expect(first.domain).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
        expect(read(first.domain)).toEqual(first);
        expect(read(first.displayName).domain).toBe(first.domain);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

describe('twinOf', () => {
  it.each([
    ['example.com', 'www.example.com'],
    ['www.example.com', 'example.com'],
    ['example.co.uk', 'www.example.co.uk'],
    ['www.example.co.uk', 'example.co.uk'],
    ['shop.example.com', null],
    ['www.shop.example.com', null],
    ['foo.github.io', 'www.foo.github.io'],
  ])('of %s is %s', (domain, twin) => {
    expect(twinOf(domain)).toBe(twin);
  });
});

describe('zoneOf', () => {
  it.each([
    ['a.b.example.co.uk', 'example.co.uk'],
    ['shop.test', 'shop.test'],
    ['www.shop.test', 'shop.test'],
  ])('of %s is %s', (domain, zone) => {
    expect(zoneOf(domain)).toBe(zone);
  });
});
