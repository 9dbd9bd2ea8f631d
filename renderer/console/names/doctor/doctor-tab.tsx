import { ActionIcon, CopyButton, Loader, Menu, SegmentedControl, Skeleton } from '@mantine/core';
import { IconCopy, IconDots, IconDownload, IconStethoscope } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { DoctorReport } from '../../../../server/contract/doctor.ts';
import { formatClock, formatMs } from '../../../shared/format.ts';
import { Panel } from '../../../shared/panel.tsx';
import { saveFile } from '../../../shared/save-file.ts';
import { EmptyState, ErrorState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import { RunButton } from '../run-button.tsx';
import { TabHead } from '../tab-head.tsx';
import { ChecklistPanel } from './checklist-panel.tsx';
import classes from './doctor-tab.module.css';
import { FindingRow, STATUS_WORDS } from './finding-row.tsx';
import { countsOf, groupsOf, reportSummary, reportText, STATUSES, type Status } from './report.ts';

/** What the doctor finds on this machine, with what to do about each, and the checklist. */
export function DoctorTab() {
  const client = useQueryClient();
  const doctor = useRead('doctor', {});
  const isStopped = !doctor.isFetching && !doctor.data && !doctor.error;
  const report = doctor.data;
  const { tone, title } = report
    ? reportSummary(report.findings)
    : {
        tone: 'plain' as const,
        title: doctor.isFetching ? 'Looking at ports, names, certificates and data' : 'Not known',
      };
  return (
    <>
      <TabHead
        tone={tone}
        title={title}
        text={
          doctor.isFetching ? (
            <span className={classes.looking}>
              <Loader size={12} aria-hidden="true" /> Looking; this takes some seconds.
            </span>
          ) : report ? (
            `Looked at ${formatClock(report.at).slice(0, 8)}, in ${formatMs(report.durationMs)}.`
          ) : null
        }
        actions={
          <>
            {report ? <ReportMenu report={report} /> : null}
            <RunButton
              label={report ? 'Look again' : 'Look'}
              icon={<IconStethoscope size={16} />}
              isRunning={doctor.isFetching}
              onRun={() => void doctor.refetch()}
              onStop={() => void client.cancelQueries({ queryKey: ['doctor'] })}
            />
          </>
        }
      />
      {report ? (
        <LoadedReport report={report} />
      ) : doctor.error ? (
        <ErrorState title="The doctor could not look" error={doctor.error} onRetry={() => void doctor.refetch()} />
      ) : isStopped ? (
        <EmptyState icon={<IconStethoscope size={24} />} title="The looking was stopped">
          Ports, names, certificates, data and clock are looked at, and what is wrong is listed here with what to do.
        </EmptyState>
      ) : (
        <div className={classes.columns} aria-hidden="true">
          <Skeleton height={640} radius="md" />
          <Skeleton height={480} radius="md" />
        </div>
      )}
    </>
  );
}

function LoadedReport({ report }: { readonly report: DoctorReport }) {
  const [params, setParams] = useSearchParams();
  const status = STATUSES.find((one) => one === params.get('status')) ?? 'all';
  const counts = countsOf(report.findings);
  const option = (value: Status, label: string) => ({ value, label: `${label} ${counts[value]}` });
  const groups = groupsOf(report.findings, status);
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <SegmentedControl
          size="xs"
          className={classes.filter ?? ''}
          aria-label="Which findings"
          value={status}
          onChange={(next) => setParams(next === 'all' ? {} : { status: next }, { replace: true })}
          data={[
            { value: 'all', label: `All ${report.findings.length}` },
            option('failed', 'Problems'),
            option('warning', 'Warnings'),
            option('ok', 'Fine'),
            option('skipped', 'Skipped'),
          ]}
        />
        {status !== 'all' && groups.length === 0 ? (
          <p className={classes.none}>
            Nothing here is {STATUS_WORDS[status].word === 'fine' ? 'fine' : `a ${STATUS_WORDS[status].word}`}.
          </p>
        ) : (
          groups.map(({ id, title, findings }) => (
            <Panel key={id} title={title}>
              <ul className={classes.findings}>
                {findings.map((finding) => (
                  <FindingRow key={finding.id} finding={finding} />
                ))}
              </ul>
            </Panel>
          ))
        )}
      </div>
      {report.checklist.length > 0 ? <ChecklistPanel checklist={report.checklist} /> : null}
    </div>
  );
}

function ReportMenu({ report }: { readonly report: DoctorReport }) {
  const { data: server } = useRead('server', {});
  const stamp = new Date(report.at).toISOString().slice(0, 19).replaceAll(':', '-');
  return (
    <Menu position="bottom-end" width={216}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="More for the report">
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <CopyButton value={reportText(report, server?.version ?? '')}>
          {({ copy }) => (
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={copy}>
              Copy the report
            </Menu.Item>
          )}
        </CopyButton>
        <Menu.Item
          leftSection={<IconDownload size={16} />}
          onClick={() => saveFile(`orion-doctor-${stamp}.json`, 'application/json', JSON.stringify(report, null, 2))}
        >
          Save as JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
