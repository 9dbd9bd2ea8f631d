import { ActionIcon, Button, Menu, Title, Tooltip } from '@mantine/core';
import {
  IconCopy,
  IconDots,
  IconExternalLink,
  IconEye,
  IconListSearch,
  IconLock,
  IconLockOpen,
  IconLogin2,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import type { StoreDetail } from '../../../../server/contract/stores.ts';
import { StateLabel } from '../../../shared/state-label.tsx';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { LogoPicture } from '../logo/logo-picture.tsx';
import { hostOf, previewLink, requestsLink } from '../store-links.ts';
import type { StoreActions } from '../use-store-actions.ts';
import classes from './store-header.module.css';

interface StoreHeaderProps {
  readonly store: StoreDetail;
  readonly actions: StoreActions;
  readonly onDelete: () => void;
}

/** The store's name and state in its own colour, and what can be done to it. */
export function StoreHeader({ store, actions, onDelete }: StoreHeaderProps) {
  return (
    <header className={classes.header} style={{ '--store': store.color } as React.CSSProperties}>
      <div className={classes.mark}>
        {store.logoUrl ? (
          <LogoPicture src={store.logoUrl} alt="" size="md" />
        ) : (
          <StoreBadge name={store.name} color={store.color} size="lg" hidesName />
        )}
      </div>
      <div className={classes.heading}>
        <div className={classes.name}>
          <Title order={1} className="clip">
            {store.name}
          </Title>
          <StateLabel tone={store.isActive ? 'good' : 'plain'}>{store.isActive ? 'open' : 'closed'}</StateLabel>
        </div>
        <code className="mono clip">{hostOf(store)}</code>
      </div>
      <div className={classes.actions}>
        <Button
          component={Link}
          to={previewLink(store.code)}
          variant="default"
          leftSection={<IconEye size={16} stroke={1.7} />}
        >
          Preview
        </Button>
        <Button
          variant="default"
          leftSection={store.isActive ? <IconLock size={16} stroke={1.7} /> : <IconLockOpen size={16} stroke={1.7} />}
          onClick={() => void actions.setOpen(store, !store.isActive)}
        >
          {store.isActive ? 'Close store' : 'Reopen store'}
        </Button>
        <MoreMenu store={store} actions={actions} onDelete={onDelete} />
        <Button
          component="a"
          href={store.urls.subdomain}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconExternalLink size={16} />}
        >
          Open store
        </Button>
      </div>
    </header>
  );
}

function MoreMenu({ store, actions, onDelete }: StoreHeaderProps) {
  return (
    <Menu position="bottom-end" width={216}>
      <Menu.Target>
        <Tooltip label="More">
          <ActionIcon variant="default" size={34} aria-label="More actions">
            <IconDots size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLogin2 size={16} stroke={1.7} />} onClick={() => void actions.signIn(store)}>
          Sign in to dashboard
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} stroke={1.7} />} onClick={() => void actions.copyAddress(store)}>
          Copy address
        </Menu.Item>
        <Menu.Item
          component={Link}
          to={requestsLink(store.code)}
          leftSection={<IconListSearch size={16} stroke={1.7} />}
        >
          Show requests
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          className={classes.danger ?? ''}
          leftSection={<IconTrash size={16} stroke={1.7} />}
          onClick={onDelete}
        >
          Delete store
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
