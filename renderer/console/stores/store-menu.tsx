import { Menu } from '@mantine/core';
import {
  IconAppWindow,
  IconCopy,
  IconExternalLink,
  IconEye,
  IconListSearch,
  IconLock,
  IconLockOpen,
  IconLogin2,
  IconSettings,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { desktop } from '../../shared/desktop.ts';
import { openInApp } from '../../shared/open-in-app.ts';
import { previewLink, requestsLink } from './store-links.ts';
import classes from './store-menu.module.css';
import type { StoreActions } from './use-store-actions.ts';

/** A menu that is open, and where on the screen. */
export interface OpenMenu {
  readonly store: ListedStore;
  readonly at: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** Gets the focus back. */
  readonly opener: HTMLElement | null;
}

interface FloatingStoreMenuProps {
  readonly menu: OpenMenu | null;
  readonly onClose: () => void;
  readonly actions: StoreActions;
}

/** One menu for all rows of a table: it opens where it is asked for. */
export function FloatingStoreMenu({ menu, onClose, actions }: FloatingStoreMenuProps) {
  if (!menu) return null;
  const { left, top, width, height } = menu.at;
  const close = () => {
    onClose();
    menu.opener?.focus({ preventScroll: true });
  };
  return (
    <Menu
      key={`${menu.store.id} ${left} ${top}`}
      opened
      onClose={close}
      returnFocus={false}
      position="bottom-end"
      width={216}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <span className={classes.anchor} style={{ left, top, width, height }} aria-hidden="true" />
      </Menu.Target>
      <Menu.Dropdown>
        <StoreMenuItems store={menu.store} actions={actions} />
      </Menu.Dropdown>
    </Menu>
  );
}

interface StoreMenuItemsProps {
  readonly store: ListedStore;
  readonly actions: StoreActions;
}

/** Everything that can be done to a store in a list. */
function StoreMenuItems({ store, actions }: StoreMenuItemsProps) {
  const icon = { size: 16, stroke: 1.7 };
  return (
    <>
      <Menu.Label>{store.name}</Menu.Label>
      <Menu.Item
        component="a"
        href={store.urls.subdomain}
        target="_blank"
        rel="noreferrer"
        leftSection={<IconExternalLink {...icon} />}
      >
        Open store
      </Menu.Item>
      {desktop ? (
        <Menu.Item
          component="a"
          href={store.urls.domains[0] ?? store.urls.subdomain}
          onClick={openInApp}
          leftSection={<IconAppWindow {...icon} />}
        >
          Open in the app
        </Menu.Item>
      ) : null}
      <Menu.Item leftSection={<IconLogin2 {...icon} />} onClick={() => void actions.signIn(store)}>
        Sign in to dashboard
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => void actions.copyAddress(store)}>
        Copy address
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item component={Link} to={`/stores/${store.code}?tab=settings`} leftSection={<IconSettings {...icon} />}>
        Change settings
      </Menu.Item>
      <Menu.Item component={Link} to={previewLink(store.code)} leftSection={<IconEye {...icon} />}>
        Preview
      </Menu.Item>
      <Menu.Item component={Link} to={requestsLink(store.code)} leftSection={<IconListSearch {...icon} />}>
        Show requests
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={store.isActive ? <IconLock {...icon} /> : <IconLockOpen {...icon} />}
        onClick={() => void actions.setOpen(store, !store.isActive)}
      >
        {store.isActive ? 'Close to shoppers' : 'Open to shoppers'}
      </Menu.Item>
      <Menu.Item
        className={classes.danger ?? ''}
        leftSection={<IconTrash {...icon} />}
        onClick={() => void actions.delete(store)}
      >
        Delete
      </Menu.Item>
    </>
  );
}
