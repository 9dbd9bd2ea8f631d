import { describe, expect, it } from 'vitest';
import { buildStore } from '../testing/build-store.ts';
import { nearStores } from './near-codes.ts';

const stores = ['techstore', 'fashion', 'orion', 'orion-luxembourg'].map((code) => buildStore({ code }));
const near = (code: string) => nearStores(code, stores).map((store) => store.code);

describe('nearStores', () => {
  it.each([
    ['techstor', ['techstore']],
    ['TECHSTORE', ['techstore']],
    ['fasihon', ['fashion']],
    ['orion-', ['orion', 'orion-luxembourg']],
    ['luxembourg', ['orion-luxembourg']],
    ['something-else', []],
  ])('finds for %s %j', (code, codes) => {
    expect(near(code)).toEqual(codes);
  });
});
