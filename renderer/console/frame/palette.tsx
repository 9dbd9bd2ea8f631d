import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconArrowsExchange, IconExternalLink, IconPlus, IconSearch } from '@tabler/icons-react';
import { memo } from 'react';
import { useNavigate } from 'react-router';
import { StoreBadge } from '../../shared/store-badge.tsx';
import { useRead } from '../api/queries.ts';
import { consolePages } from '../pages.ts';

/** The command palette: every screen, every store, every action. With a thousand stores it is not drawn for every address. */
export const Palette = memo(function Palette() {
  const navigate = useNavigate();
  const { data } = useRead('listStores', {});
  const go = (to: string) => () => void navigate(to);
  const screens: SpotlightActionData[] = consolePages.map(({ path, label, purpose, icon: Icon, key }) => ({
    id: `screen ${path}`,
    label,
    description: purpose,
    leftSection: <Icon size={18} stroke={1.7} />,
    keywords: `go ${key}`,
    onClick: go(path),
  }));
  const actions: SpotlightActionData[] = [
    {
      id: 'create-store',
      label: 'Create store',
      description: 'A new store answers in less than a second',
      leftSection: <IconPlus size={18} />,
      keywords: 'new add make shop',
      onClick: go('/stores?create=1'),
    },
    {
      id: 'switch-backend',
      label: 'Switch backend',
      description: 'Move every store to another engine or isolation',
      leftSection: <IconArrowsExchange size={18} />,
      keywords: 'move postgres sqlite schema database row migrate',
      onClick: go('/backends?switch'),
    },
  ];
  const stores: SpotlightActionData[] = (data?.stores ?? []).flatMap((store) => [
    {
      id: `store ${store.code}`,
      label: store.name,
      description: new URL(store.urls.subdomain).host,
      leftSection: <StoreBadge name={store.name} color={store.color} hidesName size="sm" />,
      keywords: [store.code, ...store.domains],
      onClick: go(`/stores/${store.code}`),
    },
    {
      id: `open ${store.code}`,
      label: `Open ${store.name} in a new tab`,
      leftSection: <IconExternalLink size={18} stroke={1.7} />,
      keywords: store.code,
      onClick: () => window.open(store.urls.subdomain, '_blank', 'noreferrer'),
    },
  ]);
  return (
    <Spotlight
      actions={[
        { group: 'Screens', actions: screens },
        { group: 'Actions', actions },
        { group: 'Stores', actions: stores },
      ]}
      shortcut="mod + K"
      limit={12}
      scrollable
      // From the top: in the middle its field would move with each letter that leaves fewer results.
      centered={false}
      // Without a title the dialog has no name, and its list no way to be scrolled with keys alone.
      attributes={{ content: { 'aria-label': 'Search' } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      maxHeight={440}
      highlightQuery
      nothingFound="Nothing has this name"
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: 'Search stores, screens, actions',
        'aria-label': 'Search stores, screens, actions',
      }}
      transitionProps={{ duration: 100 }}
    />
  );
});
