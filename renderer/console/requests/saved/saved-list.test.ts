import { expect, it } from 'vitest';
import { nameFault, withName, withRestored, withSaved } from './saved-list.ts';

const slow = { name: 'Slow', query: 'flag=slow' };
const gone = { name: 'Gone', query: 'status=404' };

it('puts a filter in place of the one that has its name', () => {
  expect(withSaved([slow, gone], { name: 'Slow', query: 'minMs=9' })).toEqual([
    { name: 'Slow', query: 'minMs=9' },
    gone,
  ]);
  expect(withSaved([slow], gone)).toEqual([slow, gone]);
});

it('puts a deleted filter back where it was, once', () => {
  expect(withRestored([gone], slow, 0)).toEqual([slow, gone]);
  expect(withRestored([slow, gone], slow, 0)).toEqual([slow, gone]);
});

it('renames one and leaves the others alone', () => {
  expect(withName([slow, gone], 'Slow', 'Too slow')).toEqual([{ ...slow, name: 'Too slow' }, gone]);
});

it('refuses an empty name and one that is taken, but not its own', () => {
  expect(nameFault([slow, gone], ' ', 'Slow')).not.toBeNull();
  expect(nameFault([slow, gone], 'Gone', 'Slow')).not.toBeNull();
  expect(nameFault([slow, gone], 'Slow', 'Slow')).toBeNull();
});
