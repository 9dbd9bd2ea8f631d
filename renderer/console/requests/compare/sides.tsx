import { Link } from 'react-router';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { count, formatBytes, formatClock, formatMs, modeLabel } from '../../../shared/format.ts';
import { StateLabel, statusTone } from '../../../shared/state-label.tsx';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { ORIGIN_WORDS, roleLabel } from '../request-words.ts';
import { requestAddress } from './compare-address.ts';
import classes from './compare-view.module.css';

interface SidesProps {
  readonly left: RequestTrace;
  readonly right: RequestTrace;
  readonly search: string;
}

/** Who is compared: each request in short, with a link to it; what differs is marked. */
export function Sides({ left, right, search }: SidesProps) {
  return (
    <div className={classes.sides}>
      <SideCard title="Left" request={left} other={right} search={search} />
      <SideCard title="Right" request={right} other={left} search={search} />
    </div>
  );
}

interface SideCardProps {
  readonly title: string;
  readonly request: RequestTrace;
  readonly other: RequestTrace;
  readonly search: string;
}

function SideCard({ title, request, other, search }: SideCardProps) {
  const { method, host, path, status, store, mode, role, durationMs, sql, responseBody, startedAt, origin } = request;
  const facts: readonly (readonly [string, string, boolean])[] = [
    ['by', modeLabel(mode), mode !== other.mode],
    ['as', role === null ? '–' : roleLabel(role), role !== other.role],
    ['at', formatClock(startedAt), false],
    ['took', formatMs(durationMs), false],
    ['SQL', count(sql.length, 'statement'), sql.length !== other.sql.length],
    ['body', responseBody ? formatBytes(responseBody.bytes) : '–', responseBody?.bytes !== other.responseBody?.bytes],
  ];
  return (
    <article className={classes.side} aria-label={`${title}: ${method} ${host}${path}`}>
      <div className={classes.sideHead}>
        <span className={classes.sideName}>{title}</span>
        <span className={classes.changed} data-differs={status !== other.status}>
          <StateLabel tone={statusTone(status)}>{status ?? 'no status'}</StateLabel>
        </span>
        {store ? <StoreBadge name={store.name} color={store.color} size="sm" /> : <span>No store</span>}
        {origin === null ? null : <span className={classes.sideTime}>{ORIGIN_WORDS[origin]}</span>}
      </div>
      <Link className={classes.sideLink} to={requestAddress(request.requestId, search)} title={`${host}${path}`}>
        <b>{method}</b> <span className={classes.sideHost}>{host}</span>
        {path}
      </Link>
      <dl className={classes.sideFacts}>
        {facts.map(([name, value, differs]) => (
          <div key={name} data-differs={differs}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
