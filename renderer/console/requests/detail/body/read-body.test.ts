import { describe, expect, it } from 'vitest';
import type { CapturedBody } from '../../../../../server/contract/requests.ts';
import { formPairs, hexRows, readJson, viewsOf } from './read-body.ts';

const body = (changes: Partial<CapturedBody>): CapturedBody => ({
  contentType: null,
  bytes: 1,
  keptBytes: 1,
  text: null,
  base64: null,
  note: null,
  ...changes,
});

describe('viewsOf', () => {
  it.each([
    [{ contentType: 'application/json', text: '{"a":1}' }, ['pretty', 'tree', 'raw']],
    [{ contentType: 'application/problem+json', text: '[]' }, ['pretty', 'tree', 'raw']],
    // Cut off: no JSON any more, but text still.
    [{ contentType: 'application/json', text: '{"a":' }, ['raw']],
    [{ contentType: 'application/x-www-form-urlencoded; charset=UTF-8', text: 'a=1' }, ['table', 'raw']],
    [{ contentType: 'text/html; charset=utf-8', text: '<p>' }, ['source']],
    [{ contentType: 'image/webp', base64: 'AA==' }, ['image', 'hex']],
    [{ contentType: 'image/svg+xml', text: '<svg/>' }, ['image', 'source']],
    [{ contentType: 'application/octet-stream', base64: 'AA==' }, ['hex']],
    [{ contentType: 'text/plain', text: '12' }, ['raw']],
    [{ contentType: 'image/webp' }, []],
  ] as const)('shows %j as %j', (changes, views) => {
    expect(viewsOf(body(changes))).toEqual(views);
  });
});

it('does not take a JSON null for no JSON', () => {
  expect(readJson(body({ contentType: 'application/json', text: 'null' }))).toBeNull();
});

it('reads a form with names that repeat and signs that are escaped', () => {
  expect(formPairs('size=M&size=L&note=a%26b+c')).toEqual([
    ['size', 'M'],
    ['size', 'L'],
    ['note', 'a&b c'],
  ]);
});

it('dumps bytes in lines of sixteen and stops where it is told to', () => {
  const base64 = btoa('Orion\u0000\u00ff0123456789abcdef');

  expect(hexRows(base64, 1)).toEqual([
    { offset: '00000000', hex: '4f 72 69 6f 6e 00 ff 30 31 32 33 34 35 36 37 38', text: 'Orion··012345678' },
  ]);
  expect(hexRows(base64, 9)[1]).toEqual({ offset: '00000010', hex: '39 61 62 63 64 65 66', text: '9abcdef' });
});
