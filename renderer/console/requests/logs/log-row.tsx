import { IconArrowRight } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { Link } from 'react-router';
import type { LogLine } from '../../../../server/contract/requests.ts';
import { formatClock, formatDate } from '../../../shared/format.ts';
import { StateLabel, type Tone } from '../../../shared/state-label.tsx';
import { formatFine } from '../detail/timeline-bars.tsx';
import classes from './log-view.module.css';

interface LogRowProps {
  readonly line: LogLine;
  /** When its request began, in milliseconds since 1970: then the time is written from there on. */
  readonly since?: number;
  /** Where the line's request is shown. */
  readonly to?: string | null;
}

const TONES: Readonly<Record<LogLine['level'], Tone>> = { debug: 'plain', info: 'info', warn: 'warn', error: 'bad' };

/** A line of the log; pressing it shows everything else of it. */
export const LogRow = memo(function LogRow({ line, since, to = null }: LogRowProps) {
  const [isOpen, setOpen] = useState(false);
  const { at, level, store, message, fields } = line;
  const names = Object.keys(fields);
  return (
    <li className={classes.row} data-level={level}>
      <div className={classes.line}>
        <time
          className={classes.time}
          dateTime={new Date(at).toISOString()}
          title={`${formatDate(at)} ${formatClock(at)}`}
        >
          {since === undefined ? formatClock(at) : `+${formatFine(Math.max(0, at - since))}`}
        </time>
        <span className={classes.level}>
          <StateLabel tone={TONES[level]}>{level}</StateLabel>
        </span>
        {since === undefined ? <span className={classes.store}>{store ?? '–'}</span> : null}
        {names.length === 0 ? (
          <span className={classes.message}>{message}</span>
        ) : (
          <button type="button" className={classes.message} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {message}
          </button>
        )}
        {to === null ? null : (
          <Link className={classes.link} to={to} aria-label="Show its request" title="Show its request">
            <IconArrowRight size={14} aria-hidden="true" />
          </Link>
        )}
      </div>
      {isOpen ? (
        <dl className={classes.fields}>
          {names.map((name) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{textOf(fields[name])}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </li>
  );
});

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
}
