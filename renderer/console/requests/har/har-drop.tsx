import { Button, Loader, Modal } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { count, formatBytes } from '../../../shared/format.ts';
import classes from './har-drop.module.css';
import type { ImportState } from './use-har-import.ts';

interface HarDropProps {
  readonly state: ImportState;
  readonly onFile: (file: File) => void;
  /** Puts away what is shown; ends an import that is under way. */
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}

/** Takes a HAR file that is dropped on the list, and says how its import goes. */
export function HarDrop({ state, onFile, onDismiss, children }: HarDropProps) {
  const [isOver, setOver] = useState(false);
  // Entering a child is told before leaving its parent.
  const depth = useRef(0);
  const enter = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    depth.current += 1;
    setOver(true);
  };
  const leave = () => {
    depth.current = Math.max(0, depth.current - 1);
    if (depth.current === 0) setOver(false);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  const isBusy = state.step === 'reading' || state.step === 'sending';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the HAR menu above does the same by keyboard.
    <div
      className={classes.area}
      onDragEnter={enter}
      onDragLeave={leave}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      {children}
      {isOver ? (
        <div className={classes.over}>
          <IconFileUpload size={24} aria-hidden="true" />
          Drop a HAR file to read its requests
        </div>
      ) : null}
      {isBusy ? (
        <div className={classes.busy} role="status">
          <Loader size={16} />
          {state.step === 'reading' ? 'Reading' : 'Sending'} {state.file}, {formatBytes(state.bytes)}
          <Button variant="subtle" size="compact-xs" onClick={onDismiss}>
            Cancel
          </Button>
        </div>
      ) : null}
      <ImportFaults state={state} onDismiss={onDismiss} />
    </div>
  );
}

/** Entries beyond these are only counted. */
const MOST_FAULTS = 200;

function ImportFaults({ state, onDismiss }: { readonly state: ImportState; readonly onDismiss: () => void }) {
  if (state.step !== 'failed' && state.step !== 'partly') return null;
  const skipped = state.step === 'partly' ? state.result.skipped : [];
  return (
    <Modal
      opened
      onClose={onDismiss}
      title={state.step === 'failed' ? `${state.file} was not read` : `${state.file} was read in part`}
    >
      {state.step === 'failed' ? (
        <p className={classes.fault}>{state.message}</p>
      ) : (
        <>
          <p className={classes.fault}>
            {count(state.result.imported, 'request')} read, {formatSkipped(skipped.length)}:
          </p>
          <ol className={classes.faults}>
            {skipped.slice(0, MOST_FAULTS).map(({ entry, reason }) => (
              <li key={entry}>
                <b>Entry {entry + 1}</b> {reason}
              </li>
            ))}
          </ol>
          {skipped.length > MOST_FAULTS ? (
            <p className={classes.fault}>and {count(skipped.length - MOST_FAULTS, 'more entry', 'more entries')}.</p>
          ) : null}
        </>
      )}
    </Modal>
  );
}

function formatSkipped(number: number): string {
  return `${count(number, 'entry', 'entries')} left out`;
}
