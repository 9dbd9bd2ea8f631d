import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  readonly tone: 'info' | 'warn' | 'bad';
  readonly icon: ReactNode;
  readonly title: string;
  /** `alert` interrupts a screen reader, `status` waits for its turn. */
  readonly role?: 'alert' | 'status';
  readonly children: ReactNode;
}

/** Something to know about a form as a whole. */
export function Notice({ tone, icon, title, role = 'status', children }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <div className={classes.text}>
        <strong>{title}</strong>
        <div>{children}</div>
      </div>
    </div>
  );
}
