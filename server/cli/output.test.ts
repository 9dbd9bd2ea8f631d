import { expect, it } from 'vitest';
import { withoutPasswords } from './output.ts';

it.each([
  [
    'postgres://orion:secret@db.example:5432/orion does not answer',
    'postgres://orion:***@db.example:5432/orion does not answer',
  ],
  ['at "postgres://o:p@ss@db/x" and postgres://a:b@c/d', 'at "postgres://o:***@db/x" and postgres://a:***@c/d'],
  ['postgres://orion@db.example/orion', 'postgres://orion@db.example/orion'],
  ['http://localhost:8000/ asks a@b', 'http://localhost:8000/ asks a@b'],
])('never prints a password: %s', (text, shown) => {
  expect(withoutPasswords(text)).toBe(shown);
});
