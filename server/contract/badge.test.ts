import { expect, it } from 'vitest';
import { badgeOf } from './badge.ts';

it.each([
  ['Fashion Boutique', 'FB'],
  ['TechStore', 'TE'],
  ['鞋店', '鞋店'],
  ['', '?'],
])('%s has the letters %s', (name, letters) => expect(badgeOf(name)).toBe(letters));
