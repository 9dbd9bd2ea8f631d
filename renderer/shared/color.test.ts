import { expect, it } from 'vitest';
import { readableOn } from './color.ts';
import { lettersOf } from './store-badge.tsx';

it.each([
  ['#ffffff', '#000000'],
  ['#000000', '#ffffff'],
  ['#2563eb', '#ffffff'],
  ['#facc15', '#000000'],
  ['not a colour', '#ffffff'],
])('letters on %s are %s', (color, text) => expect(readableOn(color)).toBe(text));

it.each([
  ['Fashion Boutique', 'FB'],
  ['TechStore', 'TE'],
  ['鞋店', '鞋店'],
  ['', '?'],
])('%s has the letters %s', (name, letters) => expect(lettersOf(name)).toBe(letters));
