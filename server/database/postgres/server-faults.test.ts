import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePostgresUrl } from './address.ts';
import { explainConnectError, withoutPassword } from './server-faults.ts';
import { missingRights, type PostgresFacts } from './server-rights.ts';

const address = parsePostgresUrl('postgres://user:hunter2@db.example/shop');

describe('explainConnectError', () => {
  it.each([
    ['ETIMEDOUT', 'connect ETIMEDOUT', 'unreachable'],
    [undefined, 'timeout expired', 'unreachable'],
    ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN db.example', 'unreachable'],
    ['53300', 'sorry, too many clients already', 'too_many_connections'],
    ['57P03', 'the database system is starting up', 'starting'],
    ['CERT_HAS_EXPIRED', 'certificate has expired', 'certificate_expired'],
    ['08P01', 'unsupported startup parameter: lock_timeout', 'pooler_refuses'],
    ['XX000', 'something nobody expected', 'connection_failed'],
  ])('knows %s %s as %s', (code, message, expected) => {
    const { obstacles } = explainConnectError(Object.assign(new Error(message), { code }), address);

    expect(obstacles).toEqual([{ code: expected, message: expect.any(String), fix: expect.any(String) }]);
  });

  it('tells of the first of several addresses that a name stands for', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' });

    expect(explainConnectError(new AggregateError([refused, refused]), address).message).toContain(
      'Nothing answers at',
    );
  });
});

it('takes a password out of whatever a server says, as it is and encoded', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 6 }), fc.string(), fc.string(), (password, before, after) => {
      const text = `${before}${password}${after} ${encodeURIComponent(password)}`;

      expect(withoutPassword(text, { password })).not.toContain(password);
    }),
  );
});

describe('missingRights', () => {
  const facts: PostgresFacts = {
    version: '16.3',
    user: 'user',
    database: 'shop',
    encoding: 'UTF8',
    isReadOnly: false,
    isPooled: false,
    maxConnections: 97,
    appRole: 'usable',
    foreignTables: [],
    rights: {
      isSuperuser: false,
      bypassesRowSecurity: false,
      canCreateSchemas: true,
      canCreateDatabases: false,
      canCreateRoles: false,
      hasAppRole: true,
    },
  };
  const codes = (change: Partial<PostgresFacts>) =>
    missingRights({ ...facts, ...change }, address, 'row').map(({ code }) => code);

  it.each([
    ['9.6.24', ['version_too_old']],
    ['13.14', ['version_too_old']],
    ['14.0', []],
    ['18.4', []],
  ])('takes version %s: %j', (version, expected) => {
    expect(codes({ version })).toEqual(expected);
  });

  it('takes a role that can still be granted, but none that is closed', () => {
    expect(codes({ appRole: 'grantable' })).toEqual([]);
    expect(codes({ appRole: 'closed' })).toEqual(['no_app_role']);
    expect(codes({ appRole: 'missing', rights: { ...facts.rights, canCreateRoles: true } })).toEqual([]);
  });
});
