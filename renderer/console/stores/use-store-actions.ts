import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OperationName } from '../../../server/contract/operations.ts';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { notifyDone, notifyFailed } from '../../shared/notify.tsx';
import { call } from '../api/client.ts';

type Named = Pick<ListedStore, 'code' | 'name'>;

/** What can be done to a store from anywhere. Each says what came of it; those that can be undone offer that. */
export interface StoreActions {
  /** Opens the store to shoppers, or closes it. */
  setOpen(store: Named, isOpen: boolean): Promise<void>;
  /** Deletes at once; returns whether it was done. */
  delete(store: Named): Promise<boolean>;
  restore(store: Named): Promise<boolean>;
  /** Cannot be undone: whoever calls this has asked before. */
  removeForGood(store: Named): Promise<boolean>;
  /** Opens the store's dashboard in a new tab, signed in. */
  signIn(store: Named): Promise<void>;
  copyAddress(store: Pick<ListedStore, 'urls'>): Promise<void>;
}

const TOUCHED: readonly OperationName[] = ['listStores', 'getStore', 'listDeletedStores', 'overview'];

/** The actions; they finish and report also when the screen they were started from is gone. */
export function useStoreActions(): StoreActions {
  const client = useQueryClient();
  return useMemo(() => createActions(client), [client]);
}

function createActions(client: QueryClient): StoreActions {
  const attempt = async (failure: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      notifyFailed(failure, error as Error);
      return false;
    } finally {
      for (const name of TOUCHED) void client.invalidateQueries({ queryKey: [name] });
    }
  };
  const actions: StoreActions = {
    async setOpen(store, isOpen) {
      await attempt(`${store.name} could not be ${isOpen ? 'opened' : 'closed'}`, async () => {
        await call('updateStore', { params: { code: store.code }, body: { isActive: isOpen } });
        const message = isOpen ? `${store.name} is open.` : `${store.name} is closed to shoppers.`;
        notifyDone(message, { label: 'Undo', run: () => void actions.setOpen(store, !isOpen) });
      });
    },
    delete: (store) =>
      attempt(`${store.name} could not be deleted`, async () => {
        await call('deleteStore', { params: { code: store.code } });
        notifyDone(`${store.name} is deleted.`, { label: 'Undo', run: () => void actions.restore(store) });
      }),
    restore: (store) =>
      attempt(`${store.name} could not be restored`, async () => {
        await call('restoreStore', { params: { code: store.code } });
        notifyDone(`${store.name} is back as it was.`);
      }),
    removeForGood: (store) =>
      attempt(`${store.name} could not be removed`, async () => {
        await call('deleteStore', { params: { code: store.code }, query: { permanently: 'true' } });
        notifyDone(`${store.name} and its data are removed.`);
      }),
    async signIn(store) {
      await attempt(`The dashboard of ${store.name} could not be opened`, async () => {
        const { url } = await call('storeSignInLink', { params: { code: store.code } });
        window.open(url, '_blank', 'noreferrer');
      });
    },
    async copyAddress({ urls }) {
      await attempt('The address could not be copied', async () => {
        await navigator.clipboard.writeText(urls.subdomain);
        notifyDone(`${urls.subdomain} is copied.`);
      });
    },
  };
  return actions;
}
