import classes from './meter.module.css';

interface MeterProps {
  /** What is measured, for screen readers. */
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** The value in words, as `3 of 10`. */
  readonly text: string;
}

/** Near the end of what there is. */
const HIGH = 0.8;

/** A thin bar that says how much of something is used; it changes its colour near the end. The words stand beside it. */
export function Meter({ label, value, max, text }: MeterProps) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the look of a meter element cannot be set in every browser
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      aria-valuetext={text}
      className={classes.meter}
      data-level={share >= 1 ? 'full' : share >= HIGH ? 'high' : 'usual'}
    >
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}
