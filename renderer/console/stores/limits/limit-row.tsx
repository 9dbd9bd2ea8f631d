import { Button, NumberInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { ChangeLimitsInput } from '../../../../server/contract/backends.ts';
import { formatNumber } from '../../../shared/format.ts';
import { Meter } from '../../../shared/meter.tsx';
import { notifyDone, notifyFailed } from '../../../shared/notify.tsx';
import { call } from '../../api/client.ts';
import { messageOf, ProblemError } from '../../api/problem.ts';
import { readLimit, type ShownLimit } from './limits.ts';
import classes from './limits-tab.module.css';

interface LimitRowProps {
  readonly code: string;
  readonly limit: ShownLimit;
}

/** One limit with its use; it is changed where it stands, and can be set back. */
export function LimitRow({ code, limit }: LimitRowProps) {
  const id = useId();
  const [isEditing, setEditing] = useState(false);
  const change = useLimitChange(code, limit);
  const editButton = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // The field that had the focus is gone.
    if (wasEditing.current && !isEditing) editButton.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  const words = `${formatNumber(limit.limit)} ${limit.unit}`;
  return (
    <li className={classes.row} aria-labelledby={id}>
      <div className={classes.what}>
        <strong id={id}>{limit.label}</strong>
        <span className={classes.muted}>{limit.meaning}</span>
      </div>
      <div className={classes.use}>
        <Meter
          label={`${limit.label} used`}
          value={limit.used}
          max={limit.limit}
          text={`${limit.usedWords} of ${words}`}
        />
        <span className={classes.muted}>{limit.usedWords}</span>
      </div>
      {isEditing ? (
        <LimitForm limit={limit} onSave={change} onEnd={() => setEditing(false)} />
      ) : (
        <div className={classes.value}>
          <span className={classes.number}>
            {words}
            <span className={classes.muted}>
              {limit.isChanged ? `default ${formatNumber(limit.standard)}` : 'the default'}
            </span>
          </span>
          <span className={classes.buttons}>
            {limit.isChanged ? (
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                aria-describedby={id}
                onClick={() => void change(null).catch((error: Error) => notifyFailed('Not reset', error))}
              >
                Reset
              </Button>
            ) : null}
            <Button
              ref={editButton}
              size="compact-sm"
              variant="default"
              aria-describedby={id}
              onClick={() => setEditing(true)}
            >
              Change
            </Button>
          </span>
        </div>
      )}
    </li>
  );
}

/** Changes a limit, or sets it back with null; offers the way back. Throws what the server says against it. */
function useLimitChange(code: string, { name, label, limit, isChanged }: ShownLimit) {
  const client = useQueryClient();
  const send = async (value: number | null) => {
    const answer = await call('changeStoreLimits', { params: { code }, body: { [name]: value } as ChangeLimitsInput });
    client.setQueryData(['storeLimits', { params: { code } }], answer);
  };
  return async (value: number | null) => {
    await send(value);
    const before = isChanged ? limit : null;
    notifyDone(value === null ? `${label}: back to the default.` : `${label}: ${formatNumber(value)} from now on.`, {
      label: 'Undo',
      run: () => void send(before).catch((error: Error) => notifyFailed('Not undone', error)),
    });
  };
}

interface LimitFormProps {
  readonly limit: ShownLimit;
  readonly onSave: (value: number) => Promise<void>;
  readonly onEnd: () => void;
}

function LimitForm({ limit, onSave, onEnd }: LimitFormProps) {
  const [typed, setTyped] = useState<string | number>(limit.limit);
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const value = readLimit(typed, limit);
    if (typeof value === 'string') return setFault(value);
    if (value === limit.limit) return onEnd();
    setBusy(true);
    try {
      await onSave(value);
      onEnd();
    } catch (error) {
      setFault(error instanceof ProblemError ? (error.faults[0]?.message ?? error.message) : messageOf(error));
      setBusy(false);
    }
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onEnd();
      }}
    >
      <NumberInput
        aria-label={`${limit.label} ${limit.unit}`}
        className={classes.field ?? ''}
        size="xs"
        autoFocus
        hideControls
        allowDecimal={false}
        allowNegative={false}
        value={typed}
        error={fault}
        suffix={` ${limit.unit}`}
        onChange={setTyped}
      />
      <Button type="submit" size="xs" loading={isBusy}>
        Save
      </Button>
      <Button size="xs" variant="default" onClick={onEnd} disabled={isBusy}>
        Cancel
      </Button>
    </form>
  );
}
