import { describe, expect, it } from 'vitest';
import { buildStore } from '../testing/build-store.ts';
import {
  changedFields,
  changeSettings,
  keepMine,
  patchOf,
  rebaseSettings,
  startSettings,
  takeTheirs,
} from './settings-form.ts';

const store = buildStore({ name: 'TechStore', color: '#2563eb', logoUrl: '/logo?v=1', version: 4 });
const upload = { fileName: 'a.png', data: 'AAAA' };

describe('patchOf', () => {
  it('sends what was changed and the version it was changed from', () => {
    const form = changeSettings(startSettings(store), { name: 'Tech', logo: 'remove' });

    expect(patchOf(form)).toEqual({ version: 4, name: 'Tech', logo: null });
    expect(patchOf(changeSettings(form, { name: 'TechStore', logo: upload }))).toEqual({ version: 4, logo: upload });
  });
});

describe('rebaseSettings', () => {
  it('follows the store where nothing was typed', () => {
    const form = rebaseSettings(startSettings(store), { ...store, name: 'Theirs', version: 5 });

    expect(form.values.name).toBe('Theirs');
    expect(form.followed).toEqual([]);
    expect(changedFields(form)).toEqual([]);
  });

  it('keeps what was typed and follows the rest', () => {
    const mine = changeSettings(startSettings(store), { color: '#000000' });
    const form = rebaseSettings(mine, { ...store, name: 'Theirs', version: 5 });

    expect(form.values).toEqual({ name: 'Theirs', color: '#000000', logo: 'keep' });
    expect(form.conflicts).toEqual([]);
    expect(form.followed).toEqual(['name']);
    expect(patchOf(form)).toEqual({ version: 5, color: '#000000' });
  });

  it('makes a conflict of a field that was changed on both sides, and never overwrites', () => {
    const mine = changeSettings(startSettings(store), { name: 'Mine', color: '#000000' });
    const form = rebaseSettings(mine, { ...store, name: 'Theirs', version: 5 });

    expect(form.conflicts).toEqual(['name']);
    expect(form.values).toMatchObject({ name: 'Mine', color: '#000000' });
    expect(form.base.name).toBe('Theirs');
  });

  it('sees no conflict where both sides chose the same', () => {
    const mine = changeSettings(startSettings(store), { name: 'Same' });

    expect(rebaseSettings(mine, { ...store, name: 'Same', version: 5 }).conflicts).toEqual([]);
  });

  it('keeps an undecided conflict over further versions', () => {
    const mine = changeSettings(startSettings(store), { name: 'Mine' });
    const once = rebaseSettings(mine, { ...store, name: 'Theirs', version: 5 });

    expect(rebaseSettings(once, { ...store, name: 'Theirs', isActive: false, version: 6 } as never).conflicts).toEqual([
      'name',
    ]);
  });

  it('passes over a version it knows, so that a late answer changes nothing', () => {
    const mine = changeSettings(startSettings(store), { name: 'Mine' });

    expect(rebaseSettings(mine, { ...store, name: 'Older', version: 3 })).toBe(mine);
  });

  it('sets a chosen logo against one that was changed elsewhere', () => {
    const mine = changeSettings(startSettings(store), { logo: upload });
    const form = rebaseSettings(mine, { ...store, logoUrl: '/logo?v=2', version: 5 });

    expect(form.conflicts).toEqual(['logo']);
    expect(takeTheirs(form, 'logo').values.logo).toBe('keep');
  });
});

describe('deciding a conflict', () => {
  const mine = changeSettings(startSettings(store), { name: 'Mine', color: '#000000' });
  const form = rebaseSettings(mine, { ...store, name: 'Theirs', color: '#ffffff', version: 5 });

  it('keeps mine: it is sent over the version that is there now', () => {
    expect(patchOf(keepMine(form, 'name'))).toMatchObject({ version: 5, name: 'Mine' });
    expect(keepMine(form, 'name').conflicts).toEqual(['color']);
  });

  it('takes theirs: nothing is sent for it', () => {
    const decided = takeTheirs(form, 'name');

    expect(decided.values.name).toBe('Theirs');
    expect(patchOf(decided)).not.toHaveProperty('name');
    expect(decided.conflicts).toEqual(['color']);
  });
});
