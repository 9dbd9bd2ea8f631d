import type { ReactNode } from 'react';
import classes from './stores-table.module.css';

/** A cell of the table of stores. */
export function PlainCell({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table elements do not allow
    // biome-ignore lint/a11y/useFocusableInteractive: what is inside is
    <div role="cell" className={classes.cell} data-column={name}>
      {children}
    </div>
  );
}
