import { Button, Group } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Page } from '../../../shared/page.tsx';
import { EmptyState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import { NearStores } from '../near-stores.tsx';
import { useStoreActions } from '../use-store-actions.ts';
import { nearStores } from './near-codes.ts';
import classes from './unknown-store.module.css';

/** No store has this code: the nearest ones, or the way back for one that was deleted. */
export function UnknownStore({ code }: { readonly code: string }) {
  const { data: list } = useRead('listStores', {});
  const { data: gone } = useRead('listDeletedStores', {});
  const actions = useStoreActions();
  const [isBusy, setBusy] = useState(false);
  const deleted = gone?.stores.find((store) => store.code === code.toLowerCase());
  const near = deleted ? [] : nearStores(code, list?.stores ?? []);
  const restore = async () => {
    if (!deleted) return;
    setBusy(true);
    await actions.restore(deleted);
    setBusy(false);
  };
  return (
    <Page title={deleted ? deleted.name : 'Unknown store'}>
      <EmptyState
        icon={<IconMapOff size={24} />}
        title={deleted ? `${deleted.name} was deleted` : `No store has the code "${code}"`}
        action={
          <Group justify="center" gap="xs">
            {deleted ? (
              <Button loading={isBusy} onClick={() => void restore()}>
                Restore it
              </Button>
            ) : null}
            <Button component={Link} to="/stores" variant={deleted ? 'default' : 'filled'}>
              All stores
            </Button>
            {deleted ? null : (
              <Button component={Link} to="/stores?create=1" variant="default">
                Create store
              </Button>
            )}
          </Group>
        }
      >
        {deleted
          ? 'Its data and its names are kept for a while; it can come back as it was.'
          : "The code is the first part of a store's host name. It may have been typed differently, or the store was removed for good."}
      </EmptyState>
      {near.length > 0 ? (
        <div className={classes.near}>
          <NearStores codes={near.map((store) => store.code)} />
        </div>
      ) : null}
    </Page>
  );
}
