import { CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconGitCompare } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { HostsActionInput, HostsApplied } from '../../../../server/contract/names.ts';
import { Notice } from '../../../shared/notice.tsx';
import { useRead } from '../../api/queries.ts';
import { ElevationNotice } from '../elevation/elevation-notice.tsx';
import { summaryOf } from '../matrix/matrix.ts';
import { MatrixTable } from '../matrix/matrix-table.tsx';
import classes from './hosts-tab.module.css';
import type { ApplyHosts } from './use-apply-hosts.ts';

/** How the last change of the file went: written, in need of rights, changed by another meanwhile, or refused. */
export function OutcomeNotice({ outcome, check, putAway }: Pick<ApplyHosts, 'outcome' | 'check' | 'putAway'>) {
  if (!outcome) return null;
  if (outcome.kind === 'changed')
    return (
      <Notice tone="warn" icon={<IconGitCompare size={18} />} title="The file changed meanwhile" role="alert">
        {outcome.message}
      </Notice>
    );
  if (outcome.kind === 'refused')
    return (
      <Notice tone="bad" icon={<IconAlertTriangle size={18} />} title="Nothing was written" role="alert">
        {outcome.message}
      </Notice>
    );
  const { answer, action } = outcome;
  if (answer.elevation) return <ElevationNotice elevation={answer.elevation} onCheck={check} />;
  return <Applied answer={answer} action={action} onPutAway={putAway} />;
}

const DONE: Readonly<Record<HostsActionInput['action'], string>> = {
  sync: 'The names are written',
  clean: 'All names are removed',
  undo: 'The last change is undone',
  restore: 'The backup is restored',
};

interface AppliedProps {
  readonly answer: HostsApplied;
  readonly action: HostsActionInput['action'];
  readonly onPutAway: () => void;
}

function Applied({ answer, action, onPutAway }: AppliedProps) {
  const { data: list } = useRead('listStores', {});
  const summary = summaryOf(answer.probes);
  const isWell = action !== 'sync' || summary.failing === 0;
  const Icon = isWell ? IconCircleCheck : IconAlertTriangle;
  const result = useRef<HTMLElement>(null);
  // The button that was pressed has nothing left to do and cannot keep the focus.
  useEffect(() => result.current?.focus({ preventScroll: true }), []);
  return (
    <section ref={result} tabIndex={-1} className={classes.applied} aria-label={DONE[action]}>
      <div className={classes.appliedHead} data-tone={isWell ? 'good' : 'warn'} role="status">
        <Icon size={18} aria-hidden="true" />
        <div>
          <strong>{DONE[action]}.</strong> The file was read back and is as wanted.
          {answer.cacheFlush ? <> {answer.cacheFlush}</> : null}
          {answer.probes.length > 0 ? <> {summary.title}.</> : null}
        </div>
        <CloseButton size="sm" aria-label="Put this away" onClick={onPutAway} />
      </div>
      {answer.probes.length > 0 ? (
        <MatrixTable probes={answer.probes} stores={list?.stores ?? []} label="Names after the change" />
      ) : null}
    </section>
  );
}
