import { badgeOf } from '../../server/contract/badge.ts';
import { readableOn } from './color.ts';
import classes from './store-badge.module.css';

interface StoreBadgeProps {
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  readonly size?: 'sm' | 'md' | 'lg';
  /** Shows the two letters alone, where the name stands beside them anyway. */
  readonly hidesName?: boolean;
}

/** A store's colour and two letters, with its name beside them. */
export function StoreBadge({ name, color, size = 'md', hidesName = false }: StoreBadgeProps) {
  return (
    <span className={classes.badge} data-size={size}>
      <span className={classes.letters} style={{ background: color, color: readableOn(color) }} aria-hidden="true">
        {badgeOf(name)}
      </span>
      {hidesName ? null : <span className={classes.name}>{name}</span>}
    </span>
  );
}
