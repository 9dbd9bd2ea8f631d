// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { FakeEventSource } from '../../testing/fake-event-source.ts';
import { renderInConsole } from '../../testing/render.tsx';
import { PreviewPage } from './preview-page.tsx';

const store = (code: string, isActive = true): ListedStore => ({
  id: code.length,
  publicId: `store_${code.length}`,
  code,
  subdomain: code,
  schemaName: code,
  name: code.toUpperCase(),
  isActive,
  currency: 'EUR',
  locale: 'en',
  color: '#336699',
  version: 1,
  logoUrl: null,
  createdAt: 0,
  domains: [],
  urls: {
    subdomain: `http://${code}.localhost:8000/`,
    path: `http://localhost:8000/storefront/${code}`,
    domains: [],
    dashboard: `http://${code}.localhost:8000/admin/`,
  },
});
const preview = (at: string, stores: readonly ListedStore[] = [store('tech'), store('fashion')]) =>
  renderInConsole(<PreviewPage />, { at, operations: { listStores: () => ({ stores }) } });
const frames = () => [...document.querySelectorAll('iframe')].map(({ src }) => src);

// jsdom has no layout: every pane is 640 by 700.
vi.mock('@mantine/hooks', async (original) => ({
  ...(await original<typeof import('@mantine/hooks')>()),
  useElementSize: () => ({ ref: () => undefined, width: 640, height: 700 }),
}));
afterEach(cleanup);

describe('PreviewPage', () => {
  it('shows the first two stores, scaled, in frames that cannot lead the console elsewhere', async () => {
    preview('/preview');
    await screen.findByTitle('TECH /, 1280 px at 50 %');

    expect(frames()).toEqual(['http://tech.localhost:8000/', 'http://fashion.localhost:8000/']);
    for (const frame of document.querySelectorAll('iframe'))
      expect(frame.getAttribute('sandbox')).not.toContain('top-navigation');
  });

  it('changes the page of both when they show the same', async () => {
    preview('/preview?left=tech:/&right=fashion:/&same=1');
    const field = await screen.findByRole('combobox', { name: 'Right pane: page' });
    await userEvent.clear(field);
    await userEvent.type(field, 'products{Enter}');

    expect(frames()).toEqual(['http://tech.localhost:8000/products', 'http://fashion.localhost:8000/products']);
  });

  it('offers the store’s own first product among the pages', async () => {
    const figures = { products: 1, orders: 0, customers: 0, storageBytes: 0, firstProduct: 'lamp' };
    renderInConsole(<PreviewPage />, {
      at: '/preview?left=tech:/',
      operations: {
        listStores: () => ({ stores: [store('tech')] }),
        getStore: () => ({
          ...store('tech'),
          owner: null,
          members: [],
          figures,
          dataError: null,
          location: '',
        }),
      },
    });
    await userEvent.click(await screen.findByRole('combobox', { name: 'Pane: page' }));
    await userEvent.click(await screen.findByText('First product'));

    expect(frames()).toEqual(['http://tech.localhost:8000/products/lamp']);
  });

  it('reaches a store by path and at another width when told', async () => {
    preview('/preview?left=tech:/products');
    await screen.findByTitle('TECH /products, 1280 px at 50 %');
    await userEvent.click(screen.getByRole('radio', { name: 'Path' }));
    await userEvent.click(screen.getByRole('radio', { name: '360' }));

    expect(frames()).toEqual(['http://localhost:8000/storefront/tech/products']);
    expect(screen.getByText('360 px at 100 %')).toBeDefined();
  });

  it('adds a pane and removes one', async () => {
    preview('/preview?left=fashion:/products');
    await userEvent.click(await screen.findByRole('button', { name: 'Add pane' }));
    expect(frames()).toEqual(['http://fashion.localhost:8000/products', 'http://tech.localhost:8000/products']);
    await userEvent.click(screen.getByRole('button', { name: 'Remove the left pane' }));

    expect(frames()).toEqual(['http://tech.localhost:8000/products']);
  });

  it('shows one store in every width at once', async () => {
    preview('/preview?left=tech:/&right=fashion:/');
    await userEvent.click(await screen.findByRole('radio', { name: 'All widths' }));

    expect(frames()).toEqual(Array(3).fill('http://tech.localhost:8000/'));
    await userEvent.click(screen.getByRole('radio', { name: 'Side by side' }));
    expect(frames()).toHaveLength(2);
  });

  it('says that a store is closed, gone or not to be framed instead of framing an error', async () => {
    preview('/preview?left=shut:/&right=gone:/', [store('shut', false)]);
    await screen.findByText('SHUT is closed');
    expect(screen.getByText('There is no store “gone”')).toBeDefined();
    cleanup();
    preview('/preview?left=tech:/admin/');
    await screen.findByText('This page is not shown in frames');

    expect(frames()).toEqual([]);
  });

  it('loads a page again when its store changed, and when the server is back', async () => {
    preview('/preview?left=tech:/');
    const first = await screen.findByTitle(/TECH/);
    act(() => FakeEventSource.send('store', { name: 'changed', id: 4, code: 'tech' }));
    const second = screen.getByTitle(/TECH/);
    expect(second).not.toBe(first);

    const [stream] = FakeEventSource.open;
    act(() => stream?.onerror?.());
    expect(screen.getByText('The server does not answer')).toBeDefined();
    act(() => stream?.onopen?.());
    expect(screen.getByTitle(/TECH/)).not.toBe(second);
  });

  it('offers to create a store when there is none', async () => {
    preview('/preview', []);

    const create = await screen.findByRole('link', { name: 'Create store' });
    expect(create.getAttribute('href')).toBe('/stores?create=1');
  });
});
