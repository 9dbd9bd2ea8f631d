// @vitest-environment jsdom
// Protects the list against browsers whose scrolling methods answer with a promise.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { renderInConsole } from '../../../testing/render.tsx';
import { buildStore } from '../testing/build-store.ts';
import { useStoreActions } from '../use-store-actions.ts';
import type { ListSort } from './list-view.ts';
import { StoresTable } from './stores-table.tsx';

function SortedTable() {
  const [sort, setSort] = useState<ListSort>({ key: 'name', isDescending: false });
  const rows = [{ store: buildStore(), traffic: null }];
  return <StoresTable rows={rows} sort={sort} onSort={setSort} actions={useStoreActions()} />;
}

test('another order begins at the top, and the list can be left', async () => {
  const scrollTo = vi.fn(() => Promise.resolve());
  Element.prototype.scrollTo = scrollTo;
  const { unmount } = renderInConsole(<SortedTable />);
  const before = scrollTo.mock.calls.length;
  await userEvent.click(screen.getByRole('button', { name: /Code/ }));
  expect(scrollTo.mock.calls.length).toBe(before + 1);
  expect(() => unmount()).not.toThrow();
});
