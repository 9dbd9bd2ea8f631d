import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Facet } from './facet.tsx';
import { isStatusFilter } from './request-filter.ts';

const CLASSES = ['2xx', '3xx', '4xx', '5xx'].map((value) => ({ value, label: value }));

interface StatusFilterProps {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** A class of statuses, or an exact one. */
export function StatusFilter({ value, onChange }: StatusFilterProps) {
  const exact = value && !value.endsWith('xx') ? value : '';
  const [typed, setTyped] = useState(exact);
  const [known, setKnown] = useState(exact);
  if (exact !== known) {
    setKnown(exact);
    setTyped(exact);
  }
  return (
    <Facet label="Status" options={CLASSES} value={value} onChange={onChange} startsOpen>
      <TextInput
        size="xs"
        w="100%"
        inputMode="numeric"
        aria-label="Exact status"
        placeholder="Exact, such as 404"
        maxLength={3}
        value={typed}
        error={typed.length === 3 && !isStatusFilter(typed) ? 'From 100 to 599' : null}
        onChange={({ currentTarget }) => {
          const text = currentTarget.value.trim();
          setTyped(text);
          if (text === '' && exact !== '') onChange(undefined);
          if (isStatusFilter(text)) onChange(text);
        }}
      />
    </Facet>
  );
}
