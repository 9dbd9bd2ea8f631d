import { useQueryClient } from '@tanstack/react-query';
import type { SavedFilter } from '../../../../server/contract/inspect.ts';
import { notifyDone, notifyFailed } from '../../../shared/notify.tsx';
import { useChange, useRead } from '../../api/queries.ts';
import { withName, withRestored, withSaved } from './saved-list.ts';

/**
 * The saved filters and what can be done with them; they are shared by everyone who uses this console.
 * @param onChanged is called after each change
 */
export function useSavedFilters(isNeeded: boolean, onChanged: () => void) {
  const client = useQueryClient();
  const { data, error, refetch } = useRead('savedFilters', {}, { isEnabled: isNeeded });
  const change = useChange('saveFilters');
  const filters = data?.filters ?? [];
  // Others may have changed the list meanwhile: what is kept is made from the one that is shown last.
  const current = (): readonly SavedFilter[] =>
    client.getQueryData<{ filters: SavedFilter[] }>(['savedFilters', {}])?.filters ?? [];
  const keep = (changed: SavedFilter[], failed: string, then?: () => void) =>
    change.mutate(
      { body: { filters: changed } },
      {
        onSuccess: (kept) => {
          client.setQueryData(['savedFilters', {}], kept);
          then?.();
          onChanged();
        },
        onError: (fault) => notifyFailed(failed, fault),
      },
    );
  return {
    filters,
    isLoading: isNeeded && !data && !error,
    error,
    retry: () => void refetch(),
    isSaving: change.isPending,
    save: (saved: SavedFilter, then: () => void) => keep(withSaved(current(), saved), 'The filter was not saved', then),
    rename: (name: string, changed: string, then: () => void) =>
      keep(withName(current(), name, changed), 'The filter keeps its name', then),
    remove: (removed: SavedFilter) => {
      const index = current().findIndex(({ name }) => name === removed.name);
      const rest = current().filter(({ name }) => name !== removed.name);
      keep(rest, 'The filter is still there', () =>
        notifyDone(`“${removed.name}” was deleted`, {
          label: 'Undo',
          run: () => keep(withRestored(current(), removed, index), 'The filter was not brought back'),
        }),
      );
    },
  };
}
