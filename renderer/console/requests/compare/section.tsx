import { type ReactNode, useId } from 'react';
import classes from './compare-view.module.css';

interface SectionProps {
  readonly title: string;
  /** How much differs. */
  readonly note: string;
  readonly children: ReactNode;
}

/** A part of a comparison with its heading. */
export function Section({ title, note, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h3 className={classes.sectionHead}>
        <span id={id}>{title}</span>
        <span className={classes.sectionNote}>{note}</span>
      </h3>
      {children}
    </section>
  );
}
