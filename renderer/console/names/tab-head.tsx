import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './tab-head.module.css';

const ICONS = { good: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX, plain: IconInfoCircle };

interface TabHeadProps {
  readonly tone: keyof typeof ICONS;
  /** How things stand, in a sentence. */
  readonly title: ReactNode;
  readonly text?: ReactNode;
  /** Buttons at the right; the primary one last. */
  readonly actions?: ReactNode;
}

/** The first line of a part of the Names screen: how it stands, and the button for it. */
export function TabHead({ tone, title, text, actions }: TabHeadProps) {
  const Icon = ICONS[tone];
  return (
    <div className={classes.head}>
      <Icon size={20} stroke={1.8} aria-hidden="true" className={classes.icon} data-tone={tone} />
      <div className={classes.words} role="status">
        <div className={classes.title}>{title}</div>
        {text ? <div className={classes.text}>{text}</div> : null}
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </div>
  );
}
