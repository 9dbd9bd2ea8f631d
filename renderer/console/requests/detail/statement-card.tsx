import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Insight, Span, SqlRecord } from '../../../../server/contract/requests.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import { count } from '../../../shared/format.ts';
import { StateLabel } from '../../../shared/state-label.tsx';
import { FLAG_WORDS } from '../request-words.ts';
import { parameterPairs, type Scope, type StatementGroup, scopeOf, statementText } from '../statements.ts';
import { Explain } from './explain.tsx';
import classes from './sql-tab.module.css';
import { SqlText } from './sql-text.tsx';
import { formatFine } from './timeline-bars.tsx';

interface StatementCardProps {
  /** Null for a request of an archive: its statements are not this server's to explain. */
  readonly requestId: string | null;
  /** What was noticed about it. */
  readonly insights: readonly Insight[];
  readonly group: StatementGroup;
  readonly spans: readonly Span[];
  /** The store the request reached, or null. */
  readonly storeId: number | null;
}

/** One statement with its values, its rows and its time; repeated ones list their runs. */
export function StatementCard({ requestId, group, insights, spans, storeId }: StatementCardProps) {
  const [first] = group.runs;
  const [showsRuns, setShowsRuns] = useState(false);
  if (!first) return null;
  const times = group.runs.length;
  const sender = first.span === null ? undefined : spans[first.span]?.name;
  return (
    <li className={classes.card} data-failed={group.hasFailed} data-noticed={insights.length > 0}>
      <div className={classes.cardHead}>
        <span className={classes.numbers}>
          <b>{formatFine(group.totalMs)}</b>
          <span>{count(group.rows, 'row')}</span>
          {sender ? <span>{sender}</span> : null}
        </span>
        {insights.map(({ kind }) => (
          <StateLabel key={kind} tone={FLAG_WORDS[kind].tone}>
            {FLAG_WORDS[kind].label}
          </StateLabel>
        ))}
        {times > 1 ? <StateLabel tone="warn">{`repeated ${times} times`}</StateLabel> : null}
        {group.hasFailed ? <StateLabel tone="bad">failed</StateLabel> : null}
        <ScopeLabel runs={group.runs} storeId={storeId} />
        <CopyButton text={statementText(first)} label="Copy the statement" />
      </div>
      {insights.map(({ kind, message }) => (
        <p key={kind} className={classes.insight}>
          {message}
        </p>
      ))}
      <SqlText sql={group.sql} />
      {times === 1 ? <Parameters run={first} /> : null}
      {times > 1 ? (
        <UnstyledButton className={classes.more} aria-expanded={showsRuns} onClick={() => setShowsRuns(!showsRuns)}>
          {showsRuns ? 'Hide the runs' : `Show all ${times} runs`}
        </UnstyledButton>
      ) : null}
      {showsRuns ? <Runs runs={group.runs} /> : null}
      {times === 1 && first.error !== null ? <p className={classes.error}>{first.error}</p> : null}
      {requestId === null ? null : <Explain requestId={requestId} statement={slowest(group)} />}
    </li>
  );
}

/** The run that is worth explaining, as its place in the request. */
function slowest({ runs, indexes }: StatementGroup): number {
  const durations = runs.map(({ durationMs }) => durationMs);
  return indexes[durations.indexOf(Math.max(...durations))] ?? 0;
}

/** Whether every run was bound to the request's own store. */
function ScopeLabel({ runs, storeId }: { readonly runs: readonly SqlRecord[]; readonly storeId: number | null }) {
  const scopes = runs.map((run) => scopeOf(run, storeId)).filter((scope) => scope !== null);
  const scope = scopes.find(({ kind }) => kind === 'other') ?? scopes[0];
  if (!scope) return null;
  return <StateLabel tone={scope.kind === 'other' ? 'bad' : 'good'}>{scopeWords(scope)}</StateLabel>;
}

function scopeWords({ kind, ids }: Scope): string {
  if (kind === 'added') return 'adds store_id';
  const bound = ids.length > 0 ? `store_id = ${ids.join(', ')}` : 'bound to store_id';
  return kind === 'other' ? `${bound}: another store` : bound;
}

function Parameters({ run }: { readonly run: SqlRecord }) {
  const pairs = parameterPairs(run.parameters);
  if (pairs.length === 0) return null;
  return (
    <dl className={classes.parameters}>
      {pairs.map(([name, value]) => (
        <div key={name} className={classes.parameter}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Runs({ runs }: { readonly runs: readonly SqlRecord[] }) {
  return (
    <table className={classes.runs}>
      <thead>
        <tr>
          <th scope="col">Values</th>
          <th scope="col" className="number">
            Rows
          </th>
          <th scope="col" className="number">
            Time
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={`${run.startMs} ${run.parameters}`}>
            <td>
              <code>
                {parameterPairs(run.parameters)
                  .map(([name, value]) => `${name} ${value}`)
                  .join('  ') || '–'}
              </code>
              {run.error === null ? null : <p className={classes.error}>{run.error}</p>}
            </td>
            <td className="number">{run.rows}</td>
            <td className="number">{formatFine(run.durationMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
