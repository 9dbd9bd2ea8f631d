import { describe, expect, it } from 'vitest';
import { buildOverview } from '../testing/build-backends.ts';
import { canChoose, choose, faultOfTarget, inputOf, NO_TARGET, ownServerLabel } from './target.ts';

const url = 'postgres://orion:secret@db.example.com/orion';

describe('a target', () => {
  it('is another backend, or the same one on another Postgres', () => {
    expect(canChoose('sqlite/database', 'sqlite/database')).toBe(false);
    expect(canChoose('sqlite/row', 'sqlite/database')).toBe(true);
    expect(canChoose('postgres/row', 'postgres/row')).toBe(true);
    expect(choose(NO_TARGET, 'postgres/row', 'postgres/row').server).toBe('url');
    expect(choose(NO_TARGET, 'postgres/row', 'postgres/schema').server).toBe('own');
  });

  it('sends an address only where one is used', () => {
    expect(inputOf(NO_TARGET)).toBeNull();
    expect(inputOf({ to: 'sqlite/row', server: 'url', databaseUrl: url })).toEqual({ to: 'sqlite/row' });
    expect(inputOf({ to: 'postgres/row', server: 'own', databaseUrl: url })).toEqual({ to: 'postgres/row' });
    expect(inputOf({ to: 'postgres/row', server: 'url', databaseUrl: ` ${url} ` })).toEqual({
      to: 'postgres/row',
      databaseUrl: url,
    });
  });

  it('is the Postgres of this server when it is asked for by name, whatever is in use', () => {
    expect(inputOf({ to: 'postgres/row', server: 'embedded', databaseUrl: url })).toEqual({
      to: 'postgres/row',
      databaseUrl: 'embedded',
    });
    expect(choose({ ...NO_TARGET, server: 'embedded' }, 'postgres/row', 'postgres/row').server).toBe('embedded');
  });

  it('says what is missing', () => {
    expect(faultOfTarget(NO_TARGET)).toBe('Choose where the stores go.');
    expect(faultOfTarget({ to: 'postgres/row', server: 'url', databaseUrl: '' })).toContain('Enter the address');
    expect(faultOfTarget({ to: 'postgres/row', server: 'own', databaseUrl: '' })).toBeNull();
    expect(faultOfTarget({ to: 'sqlite/row', server: 'url', databaseUrl: '' })).toBeNull();
  });
});

it('names the Postgres that is taken without an address', () => {
  const { connection } = buildOverview();
  expect(ownServerLabel(connection)).toBe('The Postgres that this server runs');
  expect(ownServerLabel({ ...connection, kind: 'external', host: 'db.example.com', port: 5432 })).toBe(
    'The Postgres in use, db.example.com:5432',
  );
});
