import { Fragment } from 'react';
import classes from './decided-by.module.css';

interface DecidedByProps {
  /** As `--https-port`. */
  readonly flags: readonly string[];
  /** What else decides it, as `ORION_HTTPS_PORT`, where there is room to name it. */
  readonly variable?: string;
  /** What that means, where it is more than that nothing here changes it. */
  readonly children?: string;
}

/** Says which flags decided a setting when the server was started. */
export function DecidedBy({ flags, variable, children }: DecidedByProps) {
  return (
    <span className={classes.decided}>
      Decided by{' '}
      {flags.map((flag, index) => (
        <Fragment key={flag}>
          {index > 0 ? ' and ' : null}
          <code className="mono">{flag}</code>
        </Fragment>
      ))}
      {variable ? ` (${variable})` : null}
      {children ? `: ${children}` : '.'}
    </span>
  );
}
