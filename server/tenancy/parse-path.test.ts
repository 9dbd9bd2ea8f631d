import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePath } from './parse-path.ts';

describe('parsePath', () => {
  it.each([
    ['/a%2Fb', 'path_encoded_slash'],
    ['/a%5cb', 'path_encoded_slash'],
    ['/a\\b', 'path_encoded_slash'],
    ['/storefront/techstore/../fashion', 'path_dot_segment'],
    ['/%2e%2e/etc', 'path_dot_segment'],
    ['/./a', 'path_dot_segment'],
    ['/a%00b', 'path_control_character'],
    ['/a%0d%0ab', 'path_control_character'],
    ['/%ff%fe', 'path_encoding'],
    ['/100%', 'path_encoding'],
    ['/%zz', 'path_encoding'],
    ['products', 'path_invalid'],
    [`/${'a'.repeat(3000)}`, 'path_too_long'],
  ])('refuses %s as %s', (path, code) => {
    expect(parsePath(path)).toMatchObject({ ok: false, code });
  });

  it('keeps a harmless path as it is', () => {
    expect(parsePath('/products/caf%C3%A9..html')).toEqual({
      ok: true,
      path: '/products/caf%C3%A9..html',
      collapsed: '/products/caf%C3%A9..html',
    });
  });

  it('says where a path with empty segments belongs', () => {
    expect(parsePath('//evil.com///products')).toMatchObject({ ok: true, collapsed: '/evil.com/products' });
  });

  it('never fails, and what it accepts holds no dot segment, control character or second slash form', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webPath(),
          fc.string().map((text) => `/${text}`),
        ),
        (path) => {
          const result = parsePath(path);
          if (!result.ok) return;
          const segments = decodeURIComponent(result.path).split('/');
          expect(segments).not.toContain('..');
          expect(result.collapsed).not.toContain('//');
        },
      ),
    );
  });
});
