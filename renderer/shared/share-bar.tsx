import classes from './share-bar.module.css';

interface ShareBarProps {
  readonly value: number;
  /** What a full bar stands for. */
  readonly max: number;
}

/** How much of the most something is, drawn beside its number. */
export function ShareBar({ value, max }: ShareBarProps) {
  return (
    <span className={classes.bar} aria-hidden="true">
      <span style={{ width: `${(value / max) * 100}%` }} />
    </span>
  );
}
