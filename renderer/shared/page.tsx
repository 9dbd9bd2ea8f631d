import { Group, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import classes from './page.module.css';

interface PageProps {
  readonly title: string;
  /** What the browser's tab says when it is more than the title. */
  readonly tabTitle?: string;
  /** A line under the title: what this screen shows right now. */
  readonly lead?: ReactNode;
  /** Buttons at the top right; the primary one last. */
  readonly actions?: ReactNode;
  /** `fill`: the content takes the height that is left and scrolls by itself. */
  readonly layout?: 'flow' | 'fill';
  /** Stands in place of title, lead and actions; it has the screen's `h1` then. */
  readonly header?: ReactNode;
  readonly children: ReactNode;
}

/** A screen: its heading, its actions and its content. */
export function Page({ title, tabTitle = title, lead, actions, layout = 'flow', header, children }: PageProps) {
  useEffect(() => {
    document.title = `${tabTitle} · Orion Studio`;
  }, [tabTitle]);
  return (
    <div className={classes.page} data-layout={layout}>
      {header ?? (
        <header className={classes.header}>
          <div className={classes.heading}>
            <Title order={1}>{title}</Title>
            {lead ? <div className={classes.lead}>{lead}</div> : null}
          </div>
          {actions ? (
            <Group gap="xs" wrap="nowrap" className={classes.actions}>
              {actions}
            </Group>
          ) : null}
        </header>
      )}
      <div className={classes.content}>{children}</div>
    </div>
  );
}
