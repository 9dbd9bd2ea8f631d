import { Button, CloseButton, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { BackendCard, SwitchStatus } from '../../../../server/contract/backends.ts';
import { Copyable } from '../../../shared/copy-button.tsx';
import { count } from '../../../shared/format.ts';
import type { Tone } from '../../../shared/state-label.tsx';
import { nameOf } from '../backend-facts.ts';
import { elapsedOf, formatElapsed } from './progress.ts';
import classes from './switch-panel.module.css';
import { Phases } from './switch-panel.tsx';

interface ResultPanelProps {
  /** A move that ended. */
  readonly status: SwitchStatus;
  /** What is kept of where the stores came from; undefined when nothing is. */
  readonly kept: BackendCard | undefined;
  readonly onDrop: () => void;
  readonly onAgain: () => void;
  readonly onPutAway: () => void;
}

/** How the last move ended: what was moved and compared, or why not and what to do. */
export function ResultPanel({ status, kept, onDrop, onAgain, onPutAway }: ResultPanelProps) {
  const { title, tone, words } = wordsOf(status);
  const isDone = status.state === 'done';
  return (
    <section className={classes.panel} data-tone={tone} aria-labelledby="result-heading">
      <div className={classes.head}>
        <div className={classes.heading}>
          <Title order={2} id="result-heading" className={classes.title ?? ''}>
            {isDone ? (
              <IconCircleCheck size={18} aria-hidden="true" />
            ) : (
              <IconAlertTriangle size={18} aria-hidden="true" />
            )}
            {title}
          </Title>
          <p className={classes.muted}>{words}</p>
        </div>
        <CloseButton aria-label="Put this away" onClick={onPutAway} />
      </div>
      {isDone ? null : <Phases status={status} />}
      {status.error ? (
        <p className={classes.words} role="alert">
          {status.error}
        </p>
      ) : null}
      {status.contentHash ? (
        <div className={classes.hash}>
          <span className={classes.muted}>Content hash</span>
          <Copyable text={status.contentHash} label="Copy the content hash" />
        </div>
      ) : null}
      {isDone && kept ? (
        <div className={classes.kept}>
          <p className={classes.muted}>
            The data as it was before the move is kept ({nameOf(status.from)}). It takes space until it is dropped, and
            is not written any more.
          </p>
          <Button size="xs" variant="default" onClick={onDrop}>
            Drop what is kept
          </Button>
        </div>
      ) : null}
      {isDone ? null : (
        <div>
          <Button size="xs" variant="default" onClick={onAgain}>
            Plan it again
          </Button>
        </div>
      )}
    </section>
  );
}

function wordsOf(status: SwitchStatus): { readonly title: string; readonly tone: Tone; readonly words: string } {
  const to = nameOf(status.to);
  const from = nameOf(status.from);
  switch (status.state) {
    case 'failed':
      return {
        title: `The move to ${to} failed`,
        tone: 'bad',
        words: `In force as before: ${from}. Nothing is lost.`,
      };
    case 'cancelled':
      return { title: `The move to ${to} was cancelled`, tone: 'plain', words: `In force as before: ${from}.` };
    case 'interrupted':
      return {
        title: `The move to ${to} was interrupted`,
        tone: 'warn',
        words: `The server stopped meanwhile. In force as before: ${from}. Nothing is lost.`,
      };
    default: {
      const waited = status.writesWaitedMs === null ? '' : ` Writes waited ${formatElapsed(status.writesWaitedMs)}.`;
      const took = formatElapsed(elapsedOf(status, status.startedAt));
      return {
        title: `Moved to ${to}`,
        tone: 'good',
        words: `${count(status.storesDone, 'store')} with ${count(status.rowsDone, 'row')} in ${took}, every table compared.${waited}`,
      };
    }
  }
}
