import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { RehearsalRecord } from '../../../../server/contract/domains.ts';
import { ProblemError } from '../../api/problem.ts';
import { useChange } from '../../api/queries.ts';
import { sortFaults } from '../../stores/faults.ts';
import classes from './dns-tab.module.css';

const TYPES = ['TXT', 'A', 'AAAA', 'CNAME', 'NS'] as const;
const FIELDS = ['name', 'value', 'ttl', 'type'] as const;

const EMPTY = { name: '', type: 'TXT', value: '', ttl: 60 } as const;

/** Adds a record to the rehearsal DNS. */
export function RecordForm() {
  const { record, set, submit, byField, isBusy } = useNewRecord();
  const mono = { input: classes.mono ?? '' };
  return (
    <form className={classes.form} noValidate onSubmit={submit} aria-label="Add a record">
      <TextInput
        className={classes.domain ?? ''}
        classNames={mono}
        size="xs"
        label="Name"
        placeholder="partner.example"
        spellCheck={false}
        value={record.name}
        error={byField.name}
        onChange={({ currentTarget }) => set({ name: currentTarget.value })}
      />
      <Select
        className={classes.type ?? ''}
        size="xs"
        label="Type"
        allowDeselect={false}
        data={[...TYPES]}
        value={record.type}
        onChange={(type) => set({ type: TYPES.find((one) => one === type) ?? 'TXT' })}
      />
      <TextInput
        className={classes.value ?? ''}
        classNames={mono}
        size="xs"
        label="Value"
        spellCheck={false}
        value={record.value}
        error={byField.value}
        onChange={({ currentTarget }) => set({ value: currentTarget.value })}
      />
      <NumberInput
        className={classes.ttl ?? ''}
        size="xs"
        label="TTL"
        suffix=" s"
        hideControls
        min={0}
        max={86_400}
        value={record.ttl}
        error={byField.ttl}
        onChange={(ttl) => set({ ttl: Number(ttl) })}
      />
      <Button
        type="submit"
        size="xs"
        variant="default"
        loading={isBusy}
        disabled={record.name.trim() === '' || record.value.trim() === ''}
      >
        Add record
      </Button>
    </form>
  );
}

/** What is typed, and what the server says against it. */
function useNewRecord() {
  const client = useQueryClient();
  const adding = useChange('addRehearsalRecord');
  const [record, setRecord] = useState<Omit<RehearsalRecord, 'id'>>(EMPTY);
  const set = (part: Partial<RehearsalRecord>) => setRecord((now) => ({ ...now, ...part }));
  const faults = adding.error instanceof ProblemError ? adding.error.faults : [];
  const { byField, others } = sortFaults(faults, FIELDS);
  const rest = adding.error && faults.length === 0 ? adding.error.message : others[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate(
      { body: record },
      {
        onSuccess: (state) => {
          client.setQueryData(['rehearsalDns', {}], state);
          setRecord({ ...EMPTY, type: record.type });
        },
      },
    );
  };
  return {
    record,
    set,
    submit,
    byField: { ...byField, ...(rest === undefined ? {} : { value: byField.value ?? rest }) },
    isBusy: adding.isPending,
  };
}
