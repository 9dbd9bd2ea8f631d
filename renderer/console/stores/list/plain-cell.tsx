// biome-ignore-all lint/a11y/useSemanticElements: a table whose rows are drawn only in part has to be laid out by hand; roles carry the meaning.
import type { ReactNode } from 'react';
import classes from './stores-table.module.css';

/** A cell of the table of stores. */
export function PlainCell({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div role="cell" className={classes.cell} data-column={name}>
      {children}
    </div>
  );
}
