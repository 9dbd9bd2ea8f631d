import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { SwitchPlan } from '../../../../server/contract/backends.ts';
import { count, formatNumber } from '../../../shared/format.ts';
import { Notice } from '../../../shared/notice.tsx';
import { ShareBar } from '../../../shared/share-bar.tsx';
import drawer from '../../../shared/side-drawer.module.css';
import { nameOf } from '../backend-facts.ts';
import { formatElapsed } from './progress.ts';
import classes from './switch-drawer.module.css';

interface PlanStepProps {
  /** Undefined while it is made. */
  readonly plan: SwitchPlan | undefined;
  /** The address as it may be shown; null without one. */
  readonly address: string | null;
  readonly error: Error | null;
  readonly isPlanning: boolean;
  readonly isStarting: boolean;
  readonly startError: Error | null;
  readonly onBack: () => void;
  readonly onAgain: () => void;
  readonly onStart: () => void;
  /** Asks before what the target still holds is removed. */
  readonly onDrop: () => void;
}

/** The second step: what would be moved, what stands in the way, what happens to writes; then it begins. */
export function PlanStep(props: PlanStepProps) {
  const { plan, address, error, isPlanning, isStarting, startError, onBack, onAgain, onStart, onDrop } = props;
  const isBlocked = error !== null || (plan?.obstacles.length ?? 0) > 0;
  return (
    <div className={drawer.form}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <section className={drawer.scroll} tabIndex={0} aria-label="Plan" aria-busy={isPlanning}>
        {address ? (
          <p className={classes.address}>
            <span className={classes.muted}>Address</span> <code className="mono">{address}</code>
          </p>
        ) : null}
        {error ? (
          <Notice tone="bad" icon={<IconAlertTriangle size={18} />} title="There is no plan" role="alert">
            {error.message}
          </Notice>
        ) : plan && !isPlanning ? (
          <Plan plan={plan} onDrop={onDrop} />
        ) : (
          <PlanSkeleton />
        )}
        {startError ? (
          <Notice tone="bad" icon={<IconAlertTriangle size={18} />} title="The move did not begin" role="alert">
            {startError.message}
          </Notice>
        ) : null}
      </section>
      <div className={drawer.buttons}>
        <Button variant="default" onClick={onBack} disabled={isStarting}>
          Back
        </Button>
        {isBlocked ? (
          <Button onClick={onAgain} loading={isPlanning}>
            Check again
          </Button>
        ) : (
          <Button onClick={onStart} loading={isStarting} disabled={!plan || isPlanning}>
            {plan && !isPlanning ? `Move ${count(plan.stores, 'store')}` : 'Move'}
          </Button>
        )}
      </div>
    </div>
  );
}

interface PlanProps {
  readonly plan: SwitchPlan;
  readonly onDrop: () => void;
}

function Plan({ plan, onDrop }: PlanProps) {
  return (
    <>
      <div className={classes.route}>
        <div className={classes.from}>
          <span className={classes.muted}>From</span>
          <strong>{nameOf(plan.from)}</strong>
        </div>
        <div className={classes.to}>
          <span className={classes.muted}>To</span>
          <strong>{nameOf(plan.to)}</strong>
          {plan.target ? <code className="mono">{plan.target}</code> : null}
        </div>
      </div>
      {plan.obstacles.length > 0 ? <Obstacles plan={plan} onDrop={onDrop} /> : null}
      <dl className={classes.figures}>
        <div>
          <dt>stores</dt>
          <dd>{formatNumber(plan.stores)}</dd>
        </div>
        <div>
          <dt>rows</dt>
          <dd>{formatNumber(plan.rows)}</dd>
        </div>
        <div>
          <dt>estimated</dt>
          <dd>{formatElapsed(Math.max(1000, plan.estimateMs))}</dd>
        </div>
      </dl>
      <Tables tables={plan.tables} />
      {plan.obstacles.length > 0 ? null : <WhatHappens />}
    </>
  );
}

function Obstacles({ plan, onDrop }: PlanProps) {
  return (
    <Notice tone="warn" icon={<IconAlertTriangle size={18} />} title="It cannot begin yet" role="alert">
      <ul className={classes.obstacles}>
        {plan.obstacles.map(({ code, message, fix }) => (
          <li key={`${code} ${message}`}>
            <p>{message}</p>
            <p className={classes.fix}>{fix}</p>
            {code === 'kept_copy' ? (
              <Button size="compact-sm" variant="default" onClick={onDrop}>
                Drop what is kept
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Tables({ tables }: Pick<SwitchPlan, 'tables'>) {
  const most = Math.max(1, ...tables.map(({ rows }) => rows));
  const sorted = tables.toSorted((one, other) => other.rows - one.rows);
  return (
    <table className={classes.tables}>
      <thead>
        <tr>
          <th scope="col">Table</th>
          <th scope="col">Rows of all stores</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ table, rows }) => (
          <tr key={table}>
            <td>
              <code className="mono">{table}</code>
            </td>
            <td>
              <span className={classes.rows}>
                <ShareBar value={rows} max={most} />
                <span>{formatNumber(rows)}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function WhatHappens() {
  return (
    <div className={classes.words}>
      <strong>What happens</strong>
      <ul>
        <li>While stores are copied they stay open: shoppers read and order as before.</li>
        <li>
          Then writes wait, or are answered with 503 and “try again”, while the rest is copied and every table is
          compared. Reading goes on. No order that was accepted is lost.
        </li>
        <li>
          Until the last moment the backend of now stays in force, also when the move is cancelled, fails or the server
          stops. Afterwards its data is kept until you drop it.
        </li>
      </ul>
    </div>
  );
}

function PlanSkeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label="The plan is being made">
      <Skeleton height={64} />
      <Skeleton height={48} />
      <Skeleton height={288} />
      <p className={classes.muted}>
        Counting rows and looking at where they go. A Postgres may have to be started first.
      </p>
    </div>
  );
}
