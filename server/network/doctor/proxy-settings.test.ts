import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bypasses, environmentProxy, parseGsettings, parseScutil, parseWindowsProxy } from './proxy-settings.ts';

describe('what the systems say', () => {
  it('reads GNOME', () => {
    const text = `org.gnome.system.proxy autoconfig-url ''
org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1']
org.gnome.system.proxy mode 'manual'
org.gnome.system.proxy.http enabled false
org.gnome.system.proxy.http host 'proxy.example'
org.gnome.system.proxy.http port 3128
org.gnome.system.proxy.https host ''
org.gnome.system.proxy.https port 0`;
    expect(parseGsettings(text)).toEqual({
      mode: 'manual',
      servers: ['http proxy.example:3128'],
      bypass: ['localhost', '127.0.0.0/8', '::1'],
      pacUrl: null,
    });
    expect(parseGsettings("org.gnome.system.proxy mode 'none'\norg.gnome.system.proxy ignore-hosts @as []")).toEqual({
      mode: 'none',
      servers: [],
      bypass: [],
      pacUrl: null,
    });
  });

  it('reads macOS', () => {
    const text = `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
  }
  ExcludeSimpleHostnames : 1
  HTTPEnable : 1
  HTTPPort : 8080
  HTTPProxy : proxy.example
  HTTPSEnable : 0
  ProxyAutoConfigEnable : 0
}`;
    expect(parseScutil(text)).toEqual({
      mode: 'manual',
      servers: ['http proxy.example:8080'],
      bypass: ['*.local', '169.254/16', '<local>'],
      pacUrl: null,
    });
    const auto = '  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://localhost:8000/proxy.pac\n';
    expect(parseScutil(auto)).toMatchObject({ mode: 'auto', pacUrl: 'http://localhost:8000/proxy.pac' });
  });

  it('reads Windows', () => {
    const text = `
HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings
    ProxyEnable    REG_DWORD    0x1
    ProxyServer    REG_SZ    proxy.example:8080
    ProxyOverride    REG_SZ    *.corp.example;<local>
`;
    expect(parseWindowsProxy(text)).toEqual({
      mode: 'manual',
      servers: ['proxy.example:8080'],
      bypass: ['*.corp.example', '<local>'],
      pacUrl: null,
    });
    expect(parseWindowsProxy('    ProxyEnable    REG_DWORD    0x0\n    ProxyServer    REG_SZ    x:1\n').mode).toBe(
      'none',
    );
  });

  it('takes any text without failing', () => {
    for (const parse of [parseGsettings, parseScutil, parseWindowsProxy])
      fc.assert(fc.property(fc.string(), (text) => ['none', 'manual', 'auto'].includes(parse(text).mode)));
  });
});

describe('environmentProxy', () => {
  it('reads the usual variables in either case and never shows a password', () => {
    expect(environmentProxy({})).toBeNull();
    expect(environmentProxy({ http_proxy: 'http://ann:secret@proxy:3128', NO_PROXY: 'localhost, .test' })).toEqual({
      mode: 'manual',
      servers: ['HTTP_PROXY=http://***@proxy:3128'],
      bypass: ['localhost', '.test'],
      pacUrl: null,
    });
  });
});

describe('bypasses', () => {
  it.each([
    [['*'], 'shop.example', true],
    [['localhost'], 'localhost', true],
    [['localhost'], 'shop.localhost', true],
    [['.localhost'], 'shop.localhost', true],
    [['*.localhost'], 'shop.localhost', true],
    [['host'], 'localhost', false],
    [['example'], 'shop.example.org', false],
    [[''], 'shop.example', false],
    [[], 'localhost', false],
  ])('%j lets %s go directly: %s', (patterns, host, expected) => {
    expect(bypasses(patterns, host, true)).toBe(expected);
  });

  it('takes a plain name for itself alone where the system does', () => {
    expect(bypasses(['localhost'], 'shop.localhost', false)).toBe(false);
    expect(bypasses(['<local>'], 'intranet', false)).toBe(true);
  });
});
