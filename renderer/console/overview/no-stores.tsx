import { Button, Group } from '@mantine/core';
import { IconShoppingBag } from '@tabler/icons-react';
import { Link } from 'react-router';
import { notifyDone, notifyFailed } from '../../shared/notify.tsx';
import { EmptyState } from '../../shared/states.tsx';
import { useChange, useRead } from '../api/queries.ts';

/** No store at all: make one, or load the demo stores. */
export function NoStores() {
  const catalogues = useRead('listCatalogues', {});
  const load = useChange('loadFixtures', ['listStores', 'overview']);
  const demos = (catalogues.data?.catalogues ?? []).map(({ name }) => name).filter((name) => name !== 'empty');
  return (
    <EmptyState
      icon={<IconShoppingBag size={24} />}
      title="No stores yet"
      action={
        <Group justify="center">
          <Button component={Link} to="/stores?create=1">
            Create store
          </Button>
          <Button
            variant="default"
            loading={load.isPending}
            disabled={demos.length === 0}
            onClick={() =>
              load.mutate(
                { body: { codes: demos } },
                {
                  onSuccess: () => notifyDone('The demo stores are loaded.'),
                  onError: (error) => notifyFailed('The demo stores could not be loaded', error),
                },
              )
            }
          >
            Load the demo stores
          </Button>
        </Group>
      }
    >
      A store has its own name, data, look and customers. It answers under its own host name less than a second after it
      was created.
    </EmptyState>
  );
}
