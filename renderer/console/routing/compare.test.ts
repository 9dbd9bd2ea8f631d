import { describe, expect, it } from 'vitest';
import { buildSummary } from '../requests/build-request.ts';
import { buildResolution } from './build-resolution.ts';
import { differences } from './compare.ts';

describe('differences', () => {
  it('finds none between an answer and a request that was decided alike', () => {
    expect(differences(buildResolution(), buildSummary())).toEqual([]);
  });

  it('names everything that was decided otherwise', () => {
    const request = buildSummary({
      outcome: 'refused',
      mode: 'path_based',
      area: 'store',
      store: { id: 1, code: 'techstore', name: 'TechStore', color: '#000000' },
    });

    expect(differences(buildResolution(), request)).toEqual([
      'outcome: refused then, a store now',
      'store: TechStore (techstore) then, Fashion Boutique (fashion) now',
      'mode: path then, subdomain now',
      'area: dashboard then, storefront now',
    ]);
  });

  it('tells two stores of one name apart, and a request that reached none', () => {
    const twin = { id: 9, code: 'fashion-2', name: 'Fashion Boutique', color: '#000000' };

    expect(differences(buildResolution(), buildSummary({ store: twin }))).toHaveLength(1);
    expect(differences(buildResolution(), buildSummary({ store: null }))).toEqual([
      'store: none then, Fashion Boutique (fashion) now',
    ]);
  });
});
