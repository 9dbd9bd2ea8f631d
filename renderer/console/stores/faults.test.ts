import { describe, expect, it } from 'vitest';
import { asSentence, sortFaults } from './faults.ts';

describe('sortFaults', () => {
  it('puts faults under their fields, several of one field together', () => {
    const { byField, others } = sortFaults(
      [
        { field: 'code', message: 'must have at least 3 characters' },
        { field: 'code', message: 'must not begin or end with a hyphen' },
        { field: 'domains[0]', message: '"x" has no dot' },
      ],
      ['name', 'code'],
    );

    expect(byField).toEqual({ code: 'Must have at least 3 characters. Must not begin or end with a hyphen.' });
    expect(others).toEqual(['Domains[0] "x" has no dot.']);
  });
});

describe('asSentence', () => {
  it('keeps a text that is one', () => {
    expect(asSentence('"a" is taken by B. Codes are the same.')).toBe('"a" is taken by B. Codes are the same.');
  });
});
