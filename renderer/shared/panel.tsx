import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './panel.module.css';

interface PanelProps {
  readonly title: string;
  /** At the right of the heading, such as a link to more. */
  readonly more?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a store's page with its heading. */
export function Panel({ title, more, children }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className={classes.heading}>
        <Title order={2} id={id} size="h3">
          {title}
        </Title>
        {more}
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
