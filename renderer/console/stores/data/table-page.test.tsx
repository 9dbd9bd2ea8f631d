// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FakeAnswers, problemResponse, renderInConsole } from '../../../testing/render.tsx';
import { buildStore } from '../testing/build-store.ts';
import { TablePage } from './table-page.tsx';

const TOTAL = 120;
const LONG = '{"colour":"sea green","sizes":["small","medium","large"]}';

/** A server with one table of 120 rows; it notes what it was asked. */
function open(at: string, answers: FakeAnswers = {}) {
  const asked: Readonly<Record<string, unknown>>[] = [];
  renderInConsole(
    <>
      <Routes>
        <Route path="/stores/:code/data/:table" element={<TablePage />} />
      </Routes>
      <Address />
    </>,
    {
      at,
      operations: {
        getStore: () => ({
          ...buildStore(),
          owner: null,
          members: [],
          figures: null,
          dataError: null,
          location: '',
        }),
        storeData: () => ({
          backend: 'sqlite/database',
          location: 'store_1.sqlite',
          sizeBytes: 1,
          shellCommand: 'orion dbshell techstore',
          tables: [{ name: 'products', rows: TOTAL, columns: 4 }],
          migrations: [],
        }),
        storeTable: ({ query = {} }) => {
          asked.push(query);
          const offset = Number(query.offset);
          const limit = Number(query.limit);
          const shown = Math.max(0, Math.min(limit, TOTAL - offset));
          return {
            table: 'products',
            total: TOTAL,
            offset,
            columns: [
              { name: 'id', type: 'integer', isKey: true },
              { name: 'title', type: 'text', isKey: false },
              { name: 'metadata', type: 'json', isKey: false },
              { name: 'deleted_at', type: 'timestamp', isKey: false },
            ],
            rows: Array.from({ length: shown }, (_none, row) => [
              String(offset + row + 1),
              `Product ${offset + row + 1}`,
              LONG,
              null,
            ]),
          };
        },
        ...answers,
      },
    },
  );
  return { asked };
}

function Address() {
  const { search } = useLocation();
  return <output data-testid="address">{search}</output>;
}

const address = () => screen.getByTestId('address').textContent;
const row = (name: string) => screen.getByText(name).closest('tr');

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('TablePage', () => {
  it('shows types, the key, NULL as such, and numbers at the right', async () => {
    open('/stores/techstore/data/products');
    const id = await screen.findByRole('columnheader', { name: /id/ });
    expect(within(id).getByRole('img', { name: 'key' })).toBeDefined();
    expect(within(id).getByText('integer')).toBeDefined();
    expect(id.hasAttribute('data-numeric')).toBe(true);
    expect(screen.getAllByText('NULL')).toHaveLength(50);
    expect(screen.getByText('1–50 of 120')).toBeDefined();
  });

  it('keeps page and order in the address', async () => {
    const { asked } = open('/stores/techstore/data/products?offset=50');
    expect(await screen.findByText('51–100 of 120')).toBeDefined();

    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('101–120 of 120')).toBeDefined();
    expect(address()).toBe('?offset=100');
    expect(screen.getByRole('button', { name: 'Next page' }).hasAttribute('disabled')).toBe(true);

    await userEvent.click(screen.getByRole('button', { name: /^title/ }));
    await waitFor(() => expect(address()).toBe('?sort=title'));
    await userEvent.click(screen.getByRole('button', { name: /^title/ }));
    await waitFor(() => expect(address()).toBe('?sort=title&direction=desc'));
    expect(screen.getByRole('columnheader', { name: /title/ }).getAttribute('aria-sort')).toBe('descending');
    expect(asked.at(-1)).toEqual({ offset: '0', limit: '50', sort: 'title', direction: 'desc' });
    // The server refuses to sort by JSON.
    expect(screen.queryByRole('button', { name: /^metadata/ })).toBeNull();
  });

  it('goes from row to row by keys, and Enter shows a row in full', async () => {
    open('/stores/techstore/data/products');
    await screen.findByText('Product 1');

    await userEvent.keyboard('j');
    expect(document.activeElement).toBe(row('Product 1'));
    await userEvent.keyboard('j{ArrowDown}k');
    expect(document.activeElement).toBe(row('Product 2'));
    await userEvent.keyboard('{End}');
    expect(document.activeElement).toBe(row('Product 50'));
    await userEvent.keyboard('{Home}{Enter}');

    const record = within(await screen.findByRole('dialog', { name: 'products, row 1' }));
    expect(record.getByText('Product 1')).toBeDefined();
    expect(record.getByText(/"sea green"/)).toBeDefined();
  });

  it('shows a long value in full', async () => {
    open('/stores/techstore/data/products');
    await userEvent.click((await screen.findAllByRole('button', { name: LONG }))[0] as HTMLElement);

    expect((await screen.findByRole('dialog', { name: 'metadata' })).textContent).toContain('"sizes": [');
  });

  it('says that a page lies behind the last row', async () => {
    open('/stores/techstore/data/products?offset=500');
    expect(await screen.findByText('No rows here')).toBeDefined();
  });

  it('says when there is no such table', async () => {
    open('/stores/techstore/data/nothing', {
      storeTable: () => problemResponse(404, 'table_not_found', 'A store has no table "nothing".'),
    });
    expect(await screen.findByText('There is no table "nothing"')).toBeDefined();
  });
});
