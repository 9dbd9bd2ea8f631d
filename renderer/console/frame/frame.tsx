import { ActionIcon, Drawer, Tooltip } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconMenu2 } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { ConnectionBanner } from './connection-banner.tsx';
import classes from './frame.module.css';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { TopBar } from './top-bar.tsx';
import { useChecklist } from './use-checklist.ts';
import { useDesktopCommands } from './use-desktop-commands.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** What is around every screen: navigation, top bar, the state of the connection, palette and keys. */
export function Frame() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const [isMenuOpen, menu] = useDisclosure(false);
  const [areKeysShown, keys] = useDisclosure(false);
  const isNarrow = useMediaQuery('(max-width: 719px)', false, { getInitialValueInEffect: false });
  const isCompact = useMediaQuery('(max-width: 1099px)', false, { getInitialValueInEffect: false });
  useShortcuts({ showKeys: keys.open });
  useDesktopCommands();
  useChecklist();
  useKeptFocus();
  // A new screen begins at its top, for eyes and for screen readers.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is the trigger
  useEffect(() => {
    main.current?.scrollTo(0, 0);
    menu.close();
  }, [pathname]);
  return (
    <div className={classes.frame} data-width={isNarrow ? 'narrow' : isCompact ? 'compact' : 'wide'}>
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      {isNarrow ? (
        <Drawer opened={isMenuOpen} onClose={menu.close} size={264} withCloseButton={false} padding={0} title={null}>
          <Rail isCompact={false} />
        </Drawer>
      ) : (
        <Rail isCompact={isCompact} />
      )}
      <div className={classes.body}>
        <TopBar
          menuButton={
            isNarrow ? (
              <Tooltip label="Menu">
                <ActionIcon onClick={menu.open} aria-label="Menu">
                  <IconMenu2 size={18} />
                </ActionIcon>
              </Tooltip>
            ) : null
          }
          onShowKeys={keys.open}
        />
        <ConnectionBanner />
        <main id="main" ref={main} tabIndex={-1} className={classes.main}>
          <Outlet />
        </main>
      </div>
      <Palette />
      <ShortcutsDialog isOpen={areKeysShown} onClose={keys.close} />
    </div>
  );
}
