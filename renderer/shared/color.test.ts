import { expect, it } from 'vitest';
import { readableOn } from './color.ts';

it.each([
  ['#ffffff', '#000000'],
  ['#000000', '#ffffff'],
  ['#2563eb', '#ffffff'],
  ['#facc15', '#000000'],
  ['not a colour', '#ffffff'],
])('letters on %s are %s', (color, text) => expect(readableOn(color)).toBe(text));
