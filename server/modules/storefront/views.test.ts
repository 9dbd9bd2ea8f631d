import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProductDetails, VariantRow } from '../catalog/service.ts';
import { createLinks } from './links.ts';
import { paginationView, productView } from './views.ts';

const links = createLinks({ basePath: '/storefront/orion' }, 'http://orion.localhost');
const now = new Date();

function variant(sku: string, optionValues: string[], stock = 1, priceMinor = 1000): VariantRow {
  return {
    storeId: 1,
    id: sku,
    productId: 'p',
    title: optionValues.join(' / '),
    sku,
    optionValues,
    priceMinor,
    compareAtMinor: null,
    stock,
    grams: 0,
    imageFile: sku === 'moss-l' ? 'b.webp' : null,
    position: 0,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  };
}

const image = (file: string) => ({ file, alt: '', width: 960, height: 1200, widths: [480] });
const details: ProductDetails = {
  product: {
    storeId: 1,
    id: 'p',
    categoryId: null,
    handle: 'mug',
    title: 'Mug',
    bodyHtml: '',
    vendor: '',
    type: '',
    tags: [],
    optionNames: ['Glaze', 'Size'],
    status: 'active',
    priceMinor: 1000,
    priceMaxMinor: 1000,
    compareAtMinor: null,
    isAvailable: true,
    image: null,
    searchText: '',
    position: 0,
    publishedAt: now,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    metadata: {},
  },
  variants: [
    variant('chalk-s', ['Chalk', 'S'], 0),
    variant('chalk-l', ['Chalk', 'L']),
    variant('moss-l', ['Moss', 'L'], 5, 1200),
  ],
  images: [image('a.webp'), image('b.webp')],
};

describe('productView', () => {
  it('chooses the named variant, else the first in stock', () => {
    expect(productView(details, links, 'moss-l', null).selectedVariant).toMatchObject({
      sku: 'moss-l',
      priceMinor: 1200,
    });
    expect(productView(details, links, 'nonsense', null).selectedVariant.sku).toBe('chalk-l');
  });

  it('links every option value to the variant it leads to, the nearest where none fits exactly', () => {
    const view = productView(details, links, 'chalk-s', null);

    expect(view.options).toMatchObject([
      {
        name: 'Glaze',
        values: [
          { value: 'Chalk', isSelected: true },
          { value: 'Moss', url: '/storefront/orion/products/mug?variant=moss-l', isAvailable: true },
        ],
      },
      {
        name: 'Size',
        values: [
          { value: 'S', isAvailable: false, isSelected: true },
          { value: 'L', url: '/storefront/orion/products/mug?variant=chalk-l' },
        ],
      },
    ]);
  });

  it("shows the chosen variant's picture first", () => {
    const [first] = productView(details, links, 'moss-l', null).images;
    expect(first).toMatchObject({
      src: '/storefront/orion/media/b.webp',
      srcset: '/storefront/orion/media/b@480.webp 480w, /storefront/orion/media/b.webp 960w',
    });
  });
});

it('pagination names every item exactly once and links only to pages there are', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.integer({ min: 1, max: 50 }), (total, pageSize) => {
      const pageCount = Math.max(1, Math.ceil(total / pageSize));
      let shown = 0;
      for (let page = 1; page <= pageCount; page += 1) {
        const view = paginationView('/products', new URLSearchParams({ sort: 'newest' }), page, pageSize, total);
        if (total > 0) expect(view.from).toBe(shown + 1);
        shown = view.to;
        expect(view.pages.every(({ number }) => number >= 1 && number <= pageCount)).toBe(true);
        expect(view.nextUrl === null).toBe(page === pageCount);
      }
      expect(shown).toBe(total);
    }),
    { numRuns: 30 },
  );
});
