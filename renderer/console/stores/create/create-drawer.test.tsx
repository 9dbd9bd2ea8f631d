// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckedStore, CheckStoreInput, CreateStoreInput } from '../../../../server/contract/stores.ts';
import { FakeEventSource } from '../../../testing/fake-event-source.ts';
import { type FakeAnswers, problemResponse, renderInConsole } from '../../../testing/render.tsx';
import { buildStore } from '../testing/build-store.ts';
import { CreateDrawer } from './create-drawer.tsx';

const taken = new Set(['techstore']);
const noStores = { listStores: () => ({ stores: [] }), listCatalogues: () => ({ catalogues: [] }) };

/** Answers as the server does for names that hold no surprises. */
function checked({ name = '', code, ownerEmail }: CheckStoreInput): CheckedStore {
  const slug = name.trim().toLowerCase().replaceAll(' ', '-');
  const suggestedCode = taken.has(slug) ? `${slug}-2` : slug;
  const given = code ?? suggestedCode;
  return {
    code: given,
    suggestedCode,
    urls: buildStore({ code: given }).urls,
    faults: [
      ...(taken.has(given) ? [{ field: 'code', message: `"${given}" is taken by TechStore` }] : []),
      ...(name === '' ? [{ field: 'name', message: 'must not be empty' }] : []),
      ...(ownerEmail?.includes('@') === false ? [{ field: 'ownerEmail', message: 'is not an e-mail address' }] : []),
    ],
  };
}

function show(more: FakeAnswers = {}) {
  const operations = {
    ...noStores,
    checkStore: (input: { body?: CheckStoreInput }) => checked(input.body ?? {}),
    ...more,
  };
  return renderInConsole(<CreateDrawer isOpen onClose={() => undefined} />, { operations: operations as FakeAnswers });
}

const nameField = () => screen.getByLabelText<HTMLInputElement>('Name');
const codeField = () => screen.getByLabelText<HTMLInputElement>('Code');
const create = () => screen.getByRole('button', { name: /Create store|Try again/ });

beforeEach(() => sessionStorage.clear());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the code of a new store', () => {
  it('follows the name, and is the free one that the server suggests', async () => {
    show();
    await userEvent.type(nameField(), 'TechStore');

    await waitFor(() => expect(codeField().value).toBe('techstore-2'));
    await screen.findByText('Free: it will answer at http://techstore-2.localhost:8000/');
  });

  it('stays as it was edited by hand, and follows again when it is emptied', async () => {
    show();
    await userEvent.type(nameField(), 'Corner Books');
    await userEvent.clear(codeField());
    await userEvent.type(codeField(), 'My Books');
    await userEvent.type(nameField(), ' and More');
    expect(codeField().value).toBe('my-books');

    await userEvent.clear(codeField());
    await userEvent.tab();
    expect(codeField().value).toBe('corner-books-and-more');
  });

  it('is told to be taken while it is typed', async () => {
    show();
    await userEvent.type(codeField(), 'TechStore');

    await screen.findByText('"techstore" is taken by TechStore.');
  });

  it('is not judged by an answer about an older one', async () => {
    const answers = new Map<string, () => void>();
    show({
      checkStore: ({ body = {} }) =>
        new Promise((resolve) => answers.set(body.code ?? '', () => resolve(checked(body)))),
    });
    await userEvent.type(codeField(), 'techstore');
    await waitFor(() => expect(answers.has('techstore')).toBe(true));
    await userEvent.type(codeField(), '-west');
    await waitFor(() => expect(answers.has('techstore-west')).toBe(true));

    act(() => answers.get('techstore-west')?.());
    act(() => answers.get('techstore')?.());

    await screen.findByText('Free: it will answer at http://techstore-west.localhost:8000/');
    expect(screen.queryByText(/is taken/)).toBeNull();
  });
});

describe('making the store', () => {
  it('sends what was typed, ticks the steps as they are reported, and shows where the store answers', async () => {
    let sent: CreateStoreInput | undefined;
    let finish = () => {};
    show({
      createStore: ({ body }) => {
        sent = body;
        return new Promise((resolve) => {
          const step = { step: 'validate', state: 'done', durationMs: 12 } as const;
          finish = () => resolve({ ...buildStore({ code: 'corner-books', name: 'Corner Books' }), steps: [step] });
        });
      },
    });
    await userEvent.type(nameField(), 'Corner Books');
    await userEvent.click(create());
    await screen.findByText('Creating Corner Books');
    act(() =>
      FakeEventSource.send('provisioning', { code: 'corner-books', step: 'validate', state: 'done', durationMs: 12 }),
    );
    expect(screen.getAllByLabelText('done')).toHaveLength(1);
    finish();

    await screen.findByText('Made in 12 ms');
    expect(sent).toMatchObject({ name: 'Corner Books', code: 'corner-books', catalogue: 'empty', currency: 'EUR' });
    expect(screen.getByRole('link', { name: 'Open by path' }).getAttribute('href')).toBe(
      'http://localhost:8000/storefront/corner-books',
    );
    expect(sessionStorage.getItem('orion-new-store')).not.toContain('Corner');
  });

  it('shows faults under their fields and goes to the first one, without beginning anything', async () => {
    const createStore = vi.fn();
    show({ createStore });
    await userEvent.type(screen.getByLabelText('E-mail'), 'ada');
    await userEvent.click(create());

    await screen.findByText('Must not be empty.');
    expect(screen.getByText('Is not an e-mail address.')).toBeDefined();
    expect(document.activeElement?.id).toBe('new-store-name');
    expect(createStore).not.toHaveBeenCalled();
  });

  it('shows what only making it could find out, such as a code that was taken meanwhile', async () => {
    const errors = [{ field: 'code', message: '"corner" is taken by Corner' }];
    show({ createStore: () => problemResponse(409, 'name_taken', 'The store cannot be made', { errors }) });
    await userEvent.type(nameField(), 'Corner');
    await userEvent.click(create());

    await screen.findByText('"corner" is taken by Corner.');
    await waitFor(() => expect(document.activeElement?.id).toBe('new-store-code'));
    await userEvent.type(codeField(), 's');
    expect(screen.queryByText('"corner" is taken by Corner.')).toBeNull();
  });

  it('keeps everything when the server does not answer, and finds a store that was made all the same', async () => {
    let isDown = true;
    const corner = buildStore({ code: 'corner', name: 'Corner' });
    show({
      listStores: () => ({ stores: isDown ? [] : [corner] }),
      createStore: () => {
        if (isDown) throw new TypeError('Failed to fetch');
        const errors = [{ field: 'code', message: '"corner" is taken by Corner' }];
        return problemResponse(409, 'name_taken', 'The store cannot be made', { errors });
      },
    });
    await userEvent.type(nameField(), 'Corner');
    await userEvent.click(create());
    await screen.findByText('The store is not made yet');
    expect(nameField().value).toBe('Corner');

    isDown = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    await screen.findByText('The store is ready');
  });
});

describe('the draft', () => {
  it('is there again after the page was lost, until it is discarded', async () => {
    const first = show();
    await userEvent.type(nameField(), 'Corner Books');
    await userEvent.type(codeField(), 'x');
    first.unmount();
    show();
    expect(nameField().value).toBe('Corner Books');
    expect(codeField().value).toBe('corner-booksx');

    await userEvent.click(screen.getByRole('button', { name: 'Discard draft' }));

    expect(nameField().value).toBe('');
    expect(sessionStorage.getItem('orion-new-store')).not.toContain('Corner');
  });
});
