import { expect, it } from 'vitest';
import { searchable, searchWords } from './search-text.ts';

it('finds words whatever their case and accents', () => {
  expect(searchable('Café  Crème', 'ATELIER')).toBe('cafe creme atelier');
  expect(searchWords('  CRÈME café café ')).toEqual(['creme', 'cafe']);
});

it('takes no more words than a query should cost', () => {
  expect(searchWords(Array.from({ length: 50 }, (_, index) => `w${index}`).join(' '))).toHaveLength(8);
});
