import { expect, it } from 'vitest';
import { isLong, isNumeric, readable } from './cell-text.ts';

it.each(['integer', 'INTEGER', 'bigint', 'decimal', 'numeric(10,2)', 'double precision'])('%s is a number', (type) =>
  expect(isNumeric(type)).toBe(true),
);

it.each(['text', 'uuid', 'timestamp', 'boolean', 'json', 'binary'])('%s is none', (type) =>
  expect(isNumeric(type)).toBe(false),
);

it('opens what is long or has several lines', () => {
  expect(isLong('short')).toBe(false);
  expect(isLong('x'.repeat(41))).toBe(true);
  expect(isLong('two\nlines')).toBe(true);
});

it('breaks JSON into lines, unless it was cut', () => {
  expect(readable('{"a":1}', 'json')).toBe('{\n  "a": 1\n}');
  expect(readable('{"a":1…', 'json')).toBe('{"a":1…');
  expect(readable('{"a":1}', 'text')).toBe('{"a":1}');
});
