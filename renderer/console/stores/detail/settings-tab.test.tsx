// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListedStore, UpdateStoreInput } from '../../../../server/contract/stores.ts';
import { FakeEventSource } from '../../../testing/fake-event-source.ts';
import { problemResponse, renderInConsole } from '../../../testing/render.tsx';
import { useRead } from '../../api/queries.ts';
import { buildStore } from '../testing/build-store.ts';
import { SettingsTab } from './settings-tab.tsx';

/** A server with one store, which refuses changes of an older version. */
function server() {
  let store: ListedStore = buildStore({ name: 'TechStore', color: '#2563eb', version: 1 });
  const sent: UpdateStoreInput[] = [];
  const detail = () => ({ ...store, owner: null, members: [], figures: null, dataError: null, location: '' });
  return {
    sent,
    store: () => store,
    /** Somebody else's change; it is announced unless `isSilent`. */
    change: (part: Partial<ListedStore>, isSilent = false) => {
      store = { ...store, ...part, version: store.version + 1 };
      if (!isSilent) FakeEventSource.send('store', { name: 'changed', id: store.id, code: store.code });
    },
    operations: {
      getStore: () => detail(),
      updateStore: ({ body = {} }: { readonly body?: UpdateStoreInput }) => {
        sent.push(body);
        if (body.version !== store.version)
          return problemResponse(409, 'version_conflict', 'Somebody else changed it.', { current: store });
        const { version: _version, logo: _logo, ...change } = body;
        store = { ...store, ...(change as Partial<ListedStore>), version: store.version + 1 };
        return store;
      },
    },
  };
}

function Tab() {
  const { data } = useRead('getStore', { params: { code: 'techstore' } });
  return data ? <SettingsTab store={data} /> : null;
}

const nameField = () => screen.getByLabelText<HTMLInputElement>('Name');
const save = () => screen.getByRole('button', { name: 'Save' });

async function typeName(text: string): Promise<void> {
  await screen.findByLabelText('Name');
  await userEvent.clear(nameField());
  await userEvent.type(nameField(), text);
}

beforeEach(() => sessionStorage.clear());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('SettingsTab', () => {
  it('saves what was changed with the version it was changed from', async () => {
    const { operations, sent } = server();
    renderInConsole(<Tab />, { operations });
    await typeName('Tech');
    await userEvent.click(save());

    await waitFor(() => expect(save().hasAttribute('disabled')).toBe(true));
    expect(sent).toEqual([{ version: 1, name: 'Tech' }]);
    expect(nameField().value).toBe('Tech');
  });

  it('shows both values of a conflict, and saves mine over the version that is there now', async () => {
    const { operations, change, store, sent } = server();
    renderInConsole(<Tab />, { operations });
    await typeName('Mine');
    change({ name: 'Theirs' }, true);
    await userEvent.click(save());

    const conflict = within(await screen.findByRole('listitem', { name: 'Name, yours and theirs' }));
    expect(conflict.getByText('Mine')).toBeDefined();
    expect(conflict.getByText('Theirs')).toBeDefined();
    expect(store().name).toBe('Theirs');

    await userEvent.click(conflict.getByRole('button', { name: 'Keep mine' }));
    await userEvent.click(save());

    await waitFor(() => expect(store().name).toBe('Mine'));
    expect(sent.map(({ version }) => version)).toEqual([1, 2]);
  });

  it('gives up mine when theirs is taken', async () => {
    const { operations, change, sent } = server();
    renderInConsole(<Tab />, { operations });
    await typeName('Mine');
    change({ name: 'Theirs' }, true);
    await userEvent.click(save());
    await userEvent.click(await screen.findByRole('button', { name: 'Take theirs' }));

    expect(nameField().value).toBe('Theirs');
    expect(save().hasAttribute('disabled')).toBe(true);
    expect(sent).toHaveLength(1);
  });

  it('saves beside a change of another field, which is no conflict', async () => {
    const { operations, change, store } = server();
    renderInConsole(<Tab />, { operations });
    await typeName('Mine');
    change({ color: '#0f766e' }, true);
    await userEvent.click(save());

    await waitFor(() => expect(store()).toMatchObject({ name: 'Mine', color: '#0f766e' }));
  });

  it('says at once that somebody else changed the store, and overwrites nothing that was typed', async () => {
    const { operations, change } = server();
    renderInConsole(<Tab />, { operations });
    await typeName('Mine');
    change({ color: '#0f766e' });

    await screen.findByText('Somebody else changed this store');
    expect(nameField().value).toBe('Mine');
    expect(screen.getByLabelText<HTMLInputElement>('Colour').value).toBe('#0f766e');

    change({ name: 'Theirs' });
    await screen.findByText('Somebody else changed this store meanwhile');
    expect(nameField().value).toBe('Mine');
  });

  it('follows the store silently where nothing was typed', async () => {
    const { operations, change } = server();
    renderInConsole(<Tab />, { operations });
    await screen.findByLabelText('Name');
    change({ name: 'Theirs' });

    await waitFor(() => expect(nameField().value).toBe('Theirs'));
    expect(screen.queryByText(/Somebody else/)).toBeNull();
  });

  it('has what was typed again after the screen was left, and sets it against what changed meanwhile', async () => {
    const { operations, change } = server();
    const first = renderInConsole(<Tab />, { operations });
    await typeName('Mine');
    first.unmount();
    change({ name: 'Theirs' }, true);
    renderInConsole(<Tab />, { operations });

    await screen.findByRole('listitem', { name: 'Name, yours and theirs' });
    expect(nameField().value).toBe('Mine');
  });
});
