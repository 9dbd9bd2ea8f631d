import { type ReactNode, useId } from 'react';
import classes from './setting-row.module.css';

interface SettingRowProps {
  readonly label: string;
  /** What it does, and what to mind. */
  readonly text: ReactNode;
  /** Gets the ids of label and text for `aria-labelledby` and `aria-describedby`. */
  readonly control: (ids: { readonly label: string; readonly text: string }) => ReactNode;
  /** Under the text, over the whole width, such as a warning. */
  readonly children?: ReactNode;
}

/** A setting: what it is at the left, its switch or field at the right. */
export function SettingRow({ label, text, control, children }: SettingRowProps) {
  const id = useId();
  const ids = { label: `${id}-label`, text: `${id}-text` };
  return (
    <div className={classes.row}>
      <div className={classes.what}>
        <span id={ids.label} className={classes.label}>
          {label}
        </span>
        <span id={ids.text} className={classes.text}>
          {text}
        </span>
      </div>
      <div className={classes.control}>{control(ids)}</div>
      {children ? <div className={classes.more}>{children}</div> : null}
    </div>
  );
}
