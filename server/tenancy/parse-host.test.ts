import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHost } from './parse-host.ts';

const parse = (raw: string | undefined, domain = 'localhost') => parseHost(raw, domain);
const kindOf = (raw: string | undefined, domain?: string) => {
  const result = parse(raw, domain);
  return result.ok ? result.host.kind : result.code;
};

describe('parseHost', () => {
  it.each([
    ['localhost', 'platform'],
    ['localhost:8000', 'platform'],
    ['LOCALHOST:8000', 'platform'],
    ['localhost.', 'platform'],
    ['admin.localhost:8000', 'admin'],
    ['techstore.localhost', 'subdomain'],
    ['TechStore.LocalHost.:8000', 'subdomain'],
    ['a.b.localhost', 'nested'],
    ['admin.admin.localhost', 'nested'],
    ['evillocalhost', 'foreign'],
    ['localhost.evil.com', 'foreign'],
    ['orion.lu', 'foreign'],
    ['xn--mnchen-3ya.example', 'foreign'],
    ['127.0.0.1:8000', 'ip'],
    ['2130706433', 'ip'],
    ['0x7f.1', 'ip'],
    ['[::1]:8000', 'ip'],
    [undefined, 'host_missing'],
    ['', 'host_missing'],
    ['  ', 'host_missing'],
    ['admin@localhost', 'host_userinfo'],
    ['localhost@evil.com', 'host_userinfo'],
    ['localhost:port', 'host_port_invalid'],
    ['localhost:99999', 'host_port_invalid'],
    ['localhost:80:80', 'host_invalid'],
    ['::1', 'host_invalid'],
    ['a..localhost', 'host_invalid'],
    ['localhost..', 'host_invalid'],
    ['.localhost', 'host_invalid'],
    ['-a.localhost', 'host_invalid'],
    ['a b.localhost', 'host_invalid'],
    ['münchen.example', 'host_invalid'],
    ['a/b.localhost', 'host_invalid'],
    [`${'a'.repeat(64)}.localhost`, 'host_invalid'],
    [`${'a.'.repeat(200)}localhost`, 'host_too_long'],
  ])('reads %s as %s', (raw, expected) => {
    expect(kindOf(raw)).toBe(expected);
  });

  it('matches the platform domain at a dot only', () => {
    expect(kindOf('evilplatform.com', 'platform.com')).toBe('foreign');
    expect(kindOf('store1.evil.com', 'platform.com')).toBe('foreign');
    expect(kindOf('store1.platform.com', 'platform.com')).toBe('subdomain');
    expect(kindOf('store1.platform.com.evil.com', 'platform.com')).toBe('foreign');
  });

  it('gives name, port and label in one spelling', () => {
    expect(parse('TechStore.Localhost.:8000')).toEqual({
      ok: true,
      host: { kind: 'subdomain', hostname: 'techstore.localhost', port: 8000, label: 'techstore' },
    });
  });

  it('never fails, and never finds a subdomain that is not exactly one label before the domain', () => {
    const text = fc.oneof(
      fc.string(),
      fc.domain(),
      fc.tuple(fc.string(), fc.constant('.localhost')).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const result = parse(raw);
        if (!result.ok || result.host.kind !== 'subdomain') return;
        expect(result.host.hostname).toBe(`${result.host.label}.localhost`);
        expect(result.host.label).toMatch(/^[a-z0-9_-]{1,63}$/);
      }),
    );
  });
});
