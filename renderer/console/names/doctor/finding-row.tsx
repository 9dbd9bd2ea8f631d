import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { DoctorReport, Finding } from '../../../../server/contract/doctor.ts';
import { CommandLine } from '../../../shared/command-line.tsx';
import { notifyDone, notifyFailed } from '../../../shared/notify.tsx';
import { call } from '../../api/client.ts';
import { useChange } from '../../api/queries.ts';
import { ElevationNotice } from '../elevation/elevation-notice.tsx';
import classes from './doctor-tab.module.css';
import { type Status, withFinding } from './report.ts';

/** Every status as icon and word. */
export const STATUS_WORDS: Readonly<Record<Status, { readonly word: string; readonly icon: typeof IconCircleX }>> = {
  ok: { word: 'fine', icon: IconCircleCheck },
  warning: { word: 'warning', icon: IconAlertTriangle },
  failed: { word: 'problem', icon: IconCircleX },
  skipped: { word: 'skipped', icon: IconCircleDashed },
};

/** What a button says and does. */
const ACTIONS: Readonly<Record<NonNullable<NonNullable<Finding['fix']>['action']>, string>> = {
  'hosts-sync': 'Write the names',
  trust: 'Trust the authority',
  'load-fixtures': 'Load the demo stores',
  migrate: 'Bring the tables up to date',
  'restart-https': 'Start HTTPS again',
  'flush-dns': 'Flush the cache of names',
  'renew-certificates': 'Renew the certificates',
};

/** One thing the doctor looked at: how it is, why, and what to do. */
export function FindingRow({ finding }: { readonly finding: Finding }) {
  const client = useQueryClient();
  const fixing = useChange('fixFinding', ['doctor', 'hosts', 'certificates', 'listStores', 'probeNames']);
  const { word, icon: Icon } = STATUS_WORDS[finding.status];
  const { fix, details } = finding;
  const command = fix?.command ?? null;
  const put = (next: Finding) =>
    client.setQueryData<DoctorReport>(['doctor', {}], (report) => report && withFinding(report, next));
  const run = () =>
    fixing.mutate(
      { body: { finding: finding.id } },
      {
        onSuccess: ({ message, elevation, finding: next }) => {
          if (next) put(next);
          if (!elevation) notifyDone(message);
        },
        onError: (error) => notifyFailed('Not fixed', error),
      },
    );
  const elevation = fixing.data?.elevation ?? null;
  const check = async () => {
    const report = await client.fetchQuery<DoctorReport>({
      queryKey: ['doctor', {}],
      queryFn: () => call('doctor', {}),
      staleTime: 0,
    });
    const next = report.findings.find(({ id }) => id === finding.id);
    if (next && next.status === finding.status && next.message === finding.message) return next.message;
    fixing.reset();
    return null;
  };
  return (
    <li className={classes.finding} data-status={finding.status} aria-label={finding.name}>
      <span className={classes.status}>
        <Icon size={16} stroke={1.9} aria-hidden="true" />
        {word}
      </span>
      <div className={classes.body}>
        <p className={classes.line}>
          <strong className={classes.name}>{finding.name}</strong>
          <span className={classes.message}>{finding.message}</span>
        </p>
        {fix ? <p className={classes.fix}>{fix.text}</p> : null}
        {command && !fix?.action && !elevation ? (
          <div className={classes.command}>
            <CommandLine text={command} />
          </div>
        ) : null}
        <Details lines={details} command={fix?.action ? command : null} />
        {elevation ? <ElevationNotice key={elevation.id} elevation={elevation} onCheck={check} /> : null}
      </div>
      {fix?.action && !elevation ? (
        <Button size="xs" variant="default" loading={fixing.isPending} onClick={run} className={classes.button ?? ''}>
          {ACTIONS[fix.action]}
        </Button>
      ) : null}
    </li>
  );
}

interface DetailsProps {
  readonly lines: readonly string[];
  /** What does the same as the button, in a terminal. */
  readonly command: string | null;
}

function Details({ lines, command }: DetailsProps) {
  if (lines.length === 0 && command === null) return null;
  return (
    <details className={classes.details}>
      <summary>Details</summary>
      {lines.length > 0 ? (
        <ul>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text, which never change their places
            <li key={index}>{line}</li>
          ))}
        </ul>
      ) : null}
      {command === null ? null : (
        <div className={classes.inTerminal}>
          In a terminal
          <CommandLine text={command} />
        </div>
      )}
    </details>
  );
}
