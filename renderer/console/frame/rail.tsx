import { Tooltip, UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import { NavLink } from 'react-router';
import { consolePages } from '../pages.ts';
import classes from './rail.module.css';
import { ServerState } from './server-state.tsx';

/** The navigation: every screen that is built, and the server's state under it. */
export const Rail = memo(function Rail({ isCompact }: { readonly isCompact: boolean }) {
  return (
    <nav className={classes.rail} data-compact={isCompact || undefined} aria-label="Screens">
      <div className={classes.brand}>
        <img src="/console-assets/mark.svg" width="24" height="24" alt="" />
        {isCompact ? null : <span>Orion Studio</span>}
      </div>
      <ul className={classes.list}>
        {consolePages.map(({ path, label, key, icon: Icon }) => (
          <li key={path}>
            <Tooltip label={isCompact ? label : `g then ${key}`} position="right">
              <UnstyledButton
                component={NavLink}
                to={path}
                end={path === '/'}
                className={classes.link}
                aria-label={isCompact ? label : undefined}
              >
                <Icon size={18} stroke={1.7} aria-hidden="true" />
                {isCompact ? null : <span>{label}</span>}
              </UnstyledButton>
            </Tooltip>
          </li>
        ))}
      </ul>
      <ServerState isCompact={isCompact} />
    </nav>
  );
});
