import { expect, it } from 'vitest';
import type { BackendConnection } from '../../../server/contract/backends.ts';
import { buildOverview } from './testing/build-backends.ts';
import { toolAddress } from './tool-address.ts';

const postgres = (given: Partial<BackendConnection>): BackendConnection => ({
  ...buildOverview().connection,
  kind: 'external',
  host: 'db.example.com',
  port: 5432,
  database: 'orion',
  user: 'orion',
  ...given,
});

it.each([
  [{}, 'postgresql://orion@db.example.com:5432/orion'],
  [{ isEncrypted: true }, 'postgresql://orion@db.example.com:5432/orion?sslmode=require'],
  [{ host: '::1', user: 'a@b' }, 'postgresql://a%40b@[::1]:5432/orion'],
  [{ host: '/run/orion', user: null }, 'postgresql:///orion?host=%2Frun%2Forion&port=5432'],
])('writes the address of %j as tools take it', (given, address) => expect(toolAddress(postgres(given))).toBe(address));

it('has no address for files', () => expect(toolAddress(buildOverview().connection)).toBeNull());
