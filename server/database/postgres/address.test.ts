import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatPostgresUrl,
  type PostgresAddress,
  parsePostgresUrl,
  postgresLabel,
  postgresUrlFault,
  SSL_MODES,
} from './address.ts';

const usual: PostgresAddress = {
  host: 'db.example',
  port: 5432,
  user: 'u',
  password: 'p',
  database: 'd',
  sslMode: 'prefer',
  sslRootCert: null,
  sslCert: null,
  sslKey: null,
};

describe('parsePostgresUrl', () => {
  it.each<[string, Partial<PostgresAddress>]>([
    ['postgres://u:p@db.example:5432/d', {}],
    ['postgresql://u:p@db.example/d', {}],
    ['POSTGRES://u:p@db.example/d', {}],
    ['  postgres://u:p@db.example/d\n', {}],
    ['postgres://u@db.example/d', { password: null }],
    ['postgres://u:@db.example/d', { password: null }],
    ['postgres://u:p@[::1]:6000/d', { host: '::1', port: 6000 }],
    ['postgres://u:p@127.0.0.1/d', { host: '127.0.0.1' }],
    ['postgres://u:p@%2Fvar%2Frun%2Fpostgresql/d', { host: '/var/run/postgresql' }],
    ['postgres:///d?host=/var/run/postgresql&user=u&password=p&port=6000', { host: '/var/run/postgresql', port: 6000 }],
    ['postgres://u:p@/d', { host: 'localhost' }],
    ['postgres://u%40x:p%40%3A%2F%3F%23%25@db.example/d%2Fe', { user: 'u@x', password: 'p@:/?#%', database: 'd/e' }],
    ['postgres://u:p@x:y@db.example/d', { password: 'p@x:y' }],
    [
      'postgres://u:p@db.example/d?sslmode=verify-full&sslrootcert=/a%20b.pem',
      { sslMode: 'verify-full', sslRootCert: '/a b.pem' },
    ],
  ])('reads %s', (text, expected) => {
    expect(parsePostgresUrl(text)).toEqual({ ...usual, ...expected });
  });

  it.each([
    ['', 'must begin with postgres://'],
    ['mysql://u:p@h/d', 'must begin with postgres://'],
    ['postgres://h/d', 'names no user'],
    ['postgres://u:p@h', 'names no database'],
    ['postgres://u:p@h/', 'names no database'],
    ['postgres://u:p@h:0/d', 'port'],
    ['postgres://u:p@h:65536/d', 'port'],
    ['postgres://u:p@h:http/d', 'port'],
    ['postgres://u:p@h1,h2/d', 'several hosts'],
    ['postgres://u:p@h h/d', 'host'],
    ['postgres://u:p@[::1/d', 'host'],
    ['postgres://u:p@[x]/d', 'host'],
    ['postgres://u:50%@h/d', '%'],
    ['postgres://u:p%00@h/d', 'NUL'],
    ['postgres://u:p@h/d?sslmode=maybe', 'sslmode'],
    ['postgres://u:p@h/d?schema=public', 'option'],
    ['postgres://u:p@h/d?__proto__=x', 'option'],
    ['postgres://u:a/b@h/d', '@ behind the host'],
    ['postgres://u:a?b@h/d', '@ behind the host'],
    ['postgres://u:a#b@h/d', '#'],
  ])('refuses %s', (text, reason) => {
    expect(postgresUrlFault(text)).toContain(reason);
  });

  it('never repeats a password, wherever it stands and whatever is in it', () => {
    const secret = 'Hunter2Hunter2';
    const around = fc.constantFrom(
      '',
      '/',
      '?',
      '#',
      '@',
      ':',
      '%',
      '%zz',
      '&',
      '=',
      '[',
      ']',
      ',',
      ' ',
      '\0',
      '5432/',
    );
    const shape = fc.constantFrom(
      (password: string) => `postgres://u:${password}@h:1/d`,
      (password: string) => `postgres://u:${password}@h:port/d`,
      (password: string) => `postgres://u:${password}@`,
      (password: string) => `postgres://${password}`,
      (password: string) => `postgres://h/d?password=${password}&sslmode=x`,
      (password: string) => `postgres://h/d?${password}=1`,
      (password: string) => `pg://u:${password}@h/d`,
      (password: string) => password,
    );

    fc.assert(
      fc.property(shape, around, around, (urlWith, before, after) => {
        const fault = postgresUrlFault(urlWith(`${before}${secret}${after}${secret}`));
        expect(fault ?? '').not.toContain(secret);
      }),
    );
  });
});

describe('formatPostgresUrl', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((value) => !value.includes('\0') && value.isWellFormed());
  const optional = fc.option(text, { nil: null });
  const address = fc.record<PostgresAddress>({
    host: fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6(),
      text.map((folder) => `/${folder.replaceAll(',', '')}`),
    ),
    port: fc.integer({ min: 1, max: 65535 }),
    user: text,
    password: optional,
    database: text,
    sslMode: fc.constantFrom(...SSL_MODES),
    sslRootCert: optional,
    sslCert: optional,
    sslKey: optional,
  });

  it('writes what parsing gives back', () => {
    fc.assert(
      fc.property(address, (one) => {
        expect(parsePostgresUrl(formatPostgresUrl(one))).toEqual(one);
      }),
    );
  });

  it('writes what other programs’ parsers take', () => {
    fc.assert(
      fc.property(address, (one) => {
        expect(URL.canParse(formatPostgresUrl(one))).toBe(true);
      }),
    );
  });
});

it('labels an address without user and password', () => {
  expect(postgresLabel(parsePostgresUrl('postgres://u:p@db.example/d'))).toBe('db.example:5432/d');
  expect(postgresLabel({ ...usual, host: '::1' })).toBe('[::1]:5432/d');
});
