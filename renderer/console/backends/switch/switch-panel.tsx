import { Button, Loader, Title } from '@mantine/core';
import { IconCheck, IconCircle, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { SwitchStatus } from '../../../../server/contract/backends.ts';
import { formatNumber } from '../../../shared/format.ts';
import { useNow } from '../../../shared/use-now.ts';
import { nameOf } from '../backend-facts.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { elapsedOf, formatElapsed, PHASE_WORDS, percentOf, phasesOf, type ShownPhase } from './progress.ts';
import classes from './switch-panel.module.css';

/** The move that runs: its phases, how far it is, what it works on, and the way to end it. */
export function SwitchPanel({ status }: { readonly status: SwitchStatus }) {
  const now = useNow(500);
  const [isAsking, setAsking] = useState(false);
  const percent = percentOf(status);
  return (
    <section className={classes.panel} aria-labelledby="switch-heading">
      <div className={classes.head}>
        <div className={classes.heading}>
          <Title order={2} id="switch-heading">
            Moving to {nameOf(status.to)}
          </Title>
          <p className={classes.muted}>
            From {nameOf(status.from)}
            {status.target ? `, to ${status.target}` : ''}. Begun by {status.actor}.
          </p>
        </div>
        <Button variant="default" onClick={() => setAsking(true)} disabled={status.phase === 'flip'}>
          Cancel the move
        </Button>
      </div>
      <Phases status={status} />
      <div className={classes.progress}>
        <div
          role="progressbar"
          aria-label="Rows moved"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          className={classes.track}
        >
          <span style={{ width: `${percent}%` }} />
        </div>
        <strong className={classes.percent}>{percent} %</strong>
      </div>
      <p className={classes.words} role="status">
        {PHASE_WORDS[status.phase]}
      </p>
      <dl className={classes.figures}>
        <Figure name="stores" value={`${formatNumber(status.storesDone)} of ${formatNumber(status.storesTotal)}`} />
        <Figure name="rows" value={`${formatNumber(status.rowsDone)} of ${formatNumber(status.rowsTotal)}`} />
        <Figure name="current store" value={status.store ?? '–'} isCode={status.store !== null} />
        <Figure name="elapsed" value={formatElapsed(elapsedOf(status, now))} />
        <Figure name="writes" value={writesWords(status)} />
      </dl>
      <CancelDialog isOpen={isAsking} onClose={() => setAsking(false)} />
    </section>
  );
}

/** The phases as steps in a row; also shown where a move ended. */
export function Phases({ status }: { readonly status: Pick<SwitchStatus, 'phase' | 'state'> }) {
  return (
    <ol className={classes.phases} aria-label="Phases of the move">
      {phasesOf(status).map((shown) => (
        <li
          key={shown.phase}
          data-state={shown.state}
          {...(shown.state === 'running' ? { 'aria-current': 'step' as const } : {})}
        >
          <PhaseMark state={shown.state} />
          <span>{shown.label}</span>
        </li>
      ))}
    </ol>
  );
}

function PhaseMark({ state }: { readonly state: ShownPhase['state'] }) {
  switch (state) {
    case 'done':
      return <IconCheck size={16} stroke={2.5} role="img" aria-label="done" />;
    case 'failed':
      return <IconX size={16} stroke={2.5} role="img" aria-label="not done" />;
    case 'running':
      return <Loader size={14} aria-label="running" role="img" />;
    case 'waiting':
      return <IconCircle size={14} stroke={1.5} role="img" aria-label="waiting" />;
  }
}

function writesWords({ phase, writesWaitedMs }: SwitchStatus): string {
  if (writesWaitedMs !== null) return `waited ${formatElapsed(writesWaitedMs)}`;
  return phase === 'plan' || phase === 'copy' ? 'go on' : 'wait';
}

function Figure({
  name,
  value,
  isCode = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly isCode?: boolean;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isCode ? 'mono' : undefined}>{value}</dd>
    </div>
  );
}
