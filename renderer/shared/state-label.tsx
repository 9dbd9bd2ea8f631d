import type { ReactNode } from 'react';
import classes from './state-label.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';

/** A state as a word on a tinted ground: never colour alone. */
export function StateLabel({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={classes.label} data-tone={tone}>
      {children}
    </span>
  );
}

/** The tone of an HTTP status: good below 300, info for redirects, warn for the client's faults, bad for the server's. */
export function statusTone(status: number | null): Tone {
  if (status === null) return 'plain';
  if (status < 300) return 'good';
  if (status < 400) return 'info';
  return status < 500 ? 'warn' : 'bad';
}
