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
        {lettersOf(name)}
      </span>
      {hidesName ? null : <span className={classes.name}>{name}</span>}
    </span>
  );
}

/** Two letters that stand for a store beside its name. */
export function lettersOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters =
    words.length > 1
      ? `${[...(words[0] ?? '')][0]}${[...(words[1] ?? '')][0]}`
      : [...(words[0] ?? '?')].slice(0, 2).join('');
  return letters.toUpperCase();
}
