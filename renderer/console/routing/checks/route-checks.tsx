import { Button, FileButton, Skeleton } from '@mantine/core';
import { IconClipboardText, IconDownload, IconFolderOpen, IconListCheck, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Resolution } from '../../../../server/contract/requests.ts';
import type { RouteCheckReport } from '../../../../server/contract/routing.ts';
import { CommandLine } from '../../../shared/command-line.tsx';
import { notifyDone, notifyFailed } from '../../../shared/notify.tsx';
import { saveFile } from '../../../shared/save-file.ts';
import { StateLabel } from '../../../shared/state-label.tsx';
import { EmptyState, ErrorState } from '../../../shared/states.tsx';
import type { WhatIf } from '../what-if.ts';
import { checkOf, FILE_NAME, fileText, readFileText } from './check-list.ts';
import { ChecksTable } from './checks-table.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import classes from './route-checks.module.css';
import { useChecks } from './use-checks.ts';

interface RouteChecksProps {
  readonly asked: WhatIf;
  readonly resolution: Resolution | null;
  readonly onTry: (url: string) => void;
}

/** URLs with where they must lead, judged by the resolver as they are typed; saved, and carried to CI as a file. */
export function RouteChecks({ asked, resolution, onTry }: RouteChecksProps) {
  const { checks, judged, report, change, saved, isSaving } = useChecks();
  const [isPasting, setPasting] = useState(false);
  if (saved.error && !saved.data) {
    return <ErrorState title="The checks could not be read" error={saved.error} onRetry={() => void saved.refetch()} />;
  }
  if (!saved.data) return <Skeleton height={240} radius="lg" aria-hidden="true" />;
  const addAsked = resolution ? () => change([...checks, checkOf(asked, resolution)]) : null;
  const remove = (index: number) => {
    const before = checks;
    change(checks.filter((_check, place) => place !== index));
    notifyDone('The check is removed.', { label: 'Undo', run: () => change(before) });
  };
  const open = async (file: File | null) => {
    if (!file) return;
    const read = readFileText(await file.text());
    if (typeof read === 'string') return notifyFailed(`${file.name} was not opened`, new Error(read));
    const before = checks;
    change(read);
    notifyDone(`${file.name} is opened.`, { label: 'Undo', run: () => change(before) });
  };
  const isCurrent = judged === checks || judged.length === checks.length;
  return (
    <div>
      <div className={classes.tools}>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={!addAsked}
          onClick={() => addAsked?.()}
        >
          Add the URL above
        </Button>
        <Button variant="default" leftSection={<IconClipboardText size={16} />} onClick={() => setPasting(true)}>
          Paste URLs
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => void open(file)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFolderOpen size={16} />}>
              Open a file
            </Button>
          )}
        </FileButton>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          disabled={checks.length === 0}
          onClick={() => saveFile(FILE_NAME, 'application/json', fileText(checks))}
        >
          Save as a file
        </Button>
        {checks.length > 0 ? <Totals report={report.data} isSaving={isSaving} /> : null}
      </div>
      {checks.length === 0 ? (
        <EmptyState
          icon={<IconListCheck size={32} />}
          title="No check yet"
          action={
            <Button leftSection={<IconClipboardText size={16} />} onClick={() => setPasting(true)}>
              Paste URLs
            </Button>
          }
        >
          A check is a URL with the store it must lead to. The list is judged whenever a store changes, and the command
          line runs the same file in CI.
        </EmptyState>
      ) : (
        <>
          <ChecksTable
            checks={checks}
            results={isCurrent ? (report.data?.results ?? []) : []}
            onChange={(index, next) => change(checks.map((check, place) => (place === index ? next : check)))}
            onRemove={remove}
            onTry={onTry}
          />
          {report.error ? <p className={classes.fault}>{report.error.message}</p> : null}
          <div className={classes.ci}>
            <span>In CI, with a JUnit report:</span>
            <CommandLine text={`npx orion routes check ${FILE_NAME} --junit routes.xml`} />
          </div>
        </>
      )}
      <PasteDialog
        isOpen={isPasting}
        onClose={() => setPasting(false)}
        onAdd={(added) => change([...checks, ...added])}
      />
    </div>
  );
}

function Totals({ report, isSaving }: { readonly report: RouteCheckReport | undefined; readonly isSaving: boolean }) {
  return (
    <p className={classes.totals} role="status">
      {report ? (
        <>
          <StateLabel tone="good">{report.passed} as expected</StateLabel>
          {report.failed > 0 ? <StateLabel tone="bad">{report.failed} not</StateLabel> : null}
        </>
      ) : null}
      <span className={classes.saved}>{isSaving ? 'Saving…' : 'Saved'}</span>
    </p>
  );
}
