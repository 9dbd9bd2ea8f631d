import { ActionIcon, Kbd, Menu, Tooltip, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import {
  IconDeviceDesktop,
  IconExternalLink,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useLocation, useParams } from 'react-router';
import { CopyButton } from '../../shared/copy-button.tsx';
import { useRead } from '../api/queries.ts';
import { consolePages } from '../pages.ts';
import classes from './top-bar.module.css';

interface TopBarProps {
  readonly menuButton: ReactNode;
  readonly onShowKeys: () => void;
}

/** Where you are, search, the server's address, light or dark. */
export const TopBar = memo(function TopBar({ menuButton, onShowKeys }: TopBarProps) {
  const { data: server } = useRead('server', {});
  const address = server ? `http://${server.platformDomain}:${server.port}/` : null;
  return (
    <header className={classes.bar}>
      {menuButton}
      <Trail />
      <UnstyledButton
        className={classes.search}
        onClick={spotlight.open}
        aria-label="Search stores, screens, actions"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconSearch size={15} aria-hidden="true" />
        <span className={classes.searchText}>Search stores, screens, actions</span>
        <span className={classes.keys} aria-hidden="true">
          <Kbd size="xs">{isMac() ? '⌘' : 'Ctrl'}</Kbd>
          <Kbd size="xs">K</Kbd>
        </span>
      </UnstyledButton>
      <div className={classes.right}>
        {address ? (
          <div className={classes.address}>
            <code className="mono">{address.replace(/^http:\/\//, '').replace(/\/$/, '')}</code>
            <CopyButton text={address} label="Copy the platform's address" />
            <Tooltip label="Open the platform">
              <ActionIcon
                component="a"
                href={address}
                target="_blank"
                rel="noreferrer"
                size="sm"
                aria-label="Open the platform"
              >
                <IconExternalLink size={14} />
              </ActionIcon>
            </Tooltip>
          </div>
        ) : null}
        <ColorSchemeMenu />
        <Tooltip label="Keys">
          <ActionIcon onClick={onShowKeys} aria-label="Keyboard shortcuts" visibleFrom="sm">
            <IconKeyboard size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <AccountMenu />
      </div>
    </header>
  );
});

/** The screen, and the thing that is open on it. */
function Trail() {
  const { pathname } = useLocation();
  const { code } = useParams();
  const page = consolePages.find(({ path }) => (path === '/' ? pathname === '/' : pathname.startsWith(path)));
  return (
    <div className={classes.trail}>
      <span>{page?.label ?? 'Orion Studio'}</span>
      {code ? (
        <>
          <span className={classes.slash} aria-hidden="true">
            /
          </span>
          <span className="mono clip">{code}</span>
        </>
      ) : null}
    </div>
  );
}

function ColorSchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices = [
    { value: 'light', label: 'Light', icon: IconSun },
    { value: 'dark', label: 'Dark', icon: IconMoon },
    { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
  ] as const;
  const Current = choices.find(({ value }) => value === colorScheme)?.icon ?? IconDeviceDesktop;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label="Light or dark">
          <ActionIcon aria-label="Light or dark">
            <Current size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} />}
            onClick={() => setColorScheme(value)}
            {...(value === colorScheme ? { 'aria-current': true, fw: 600 } : {})}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function AccountMenu() {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label="Session">
          <ActionIcon aria-label="Session">
            <IconUserCircle size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Platform administrator</Menu.Label>
        <form method="post" action="/sign-out">
          <Menu.Item type="submit" leftSection={<IconLogout size={16} />}>
            Sign out
          </Menu.Item>
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}

function isMac(): boolean {
  return navigator.userAgent.includes('Mac');
}
