import { expect, it } from 'vitest';
import { buildResolution } from '../build-resolution.ts';
import { checkOf, fileText, pastedUrls, readFileText } from './check-list.ts';

const asked = { url: 'shop.localhost:8000/products?page=2', method: 'GET', host: '', storeHeader: '' };
const store = { id: 1, publicId: 'store_1', code: 'shop', name: 'Shop', color: '#336699', isActive: true };

it('makes a check that holds now: a store with its area, or a refusal with its status', () => {
  expect(checkOf(asked, buildResolution({ outcome: 'store', area: 'storefront', store }))).toEqual({
    url: 'http://shop.localhost:8000/products?page=2',
    store: 'shop',
    area: 'storefront',
  });
  expect(
    checkOf(
      { ...asked, method: 'POST', storeHeader: ' store_2 ' },
      buildResolution({ outcome: 'refused', store: null, refusal: { status: 404, code: 'x', message: 'x' } }),
    ),
  ).toEqual({
    url: 'http://shop.localhost:8000/products?page=2',
    method: 'POST',
    storeHeader: 'store_2',
    store: null,
    status: 404,
  });
});

it('reads the file that it writes, and says what is wrong with another', () => {
  const checks = [{ url: 'http://a.localhost/', store: null }];

  expect(readFileText(fileText(checks))).toEqual(checks);
  expect(readFileText('{')).toBe('This file is not JSON.');
  expect(readFileText('{"version":1,"checks":[{"url":"http://a/","shop":"x"}]}')).toMatch(
    /not a list of checks: checks\.0/,
  );
});

it('takes pasted lines, remarks left out', () => {
  expect(pastedUrls(' http://a/ \r\n\n# later\nb.localhost/x')).toEqual(['http://a/', 'b.localhost/x']);
});
