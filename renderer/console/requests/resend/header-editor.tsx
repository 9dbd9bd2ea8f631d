import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import { MASKED } from '../../../../server/contract/curl.ts';
import type { DraftHeader } from './draft.ts';
import classes from './edit-form.module.css';

interface HeaderEditorProps {
  readonly headers: readonly DraftHeader[];
  /** What is wrong with a row, by its key. */
  readonly faults: ReadonlyMap<number, string>;
  /** What the server found wrong. */
  readonly fault: string | null;
  readonly onChange: (headers: readonly DraftHeader[]) => void;
}

/** The headers as rows of name and value; any number may be added. */
export function HeaderEditor({ headers, faults, fault, onChange }: HeaderEditorProps) {
  const list = useRef<HTMLDivElement>(null);
  const set = (key: number, changes: Partial<DraftHeader>) =>
    onChange(headers.map((header) => (header.key === key ? { ...header, ...changes } : header)));
  const add = () => {
    onChange([...headers, { key: Math.max(-1, ...headers.map(({ key }) => key)) + 1, name: '', value: '' }]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>('[data-row]:last-child input')?.focus());
  };
  const hasMasked = headers.some(({ value }) => value.includes(MASKED));
  return (
    <fieldset className={classes.headers}>
      <legend>Headers</legend>
      {hasMasked ? (
        <p className={classes.hint}>{MASKED} stands for a secret: it is put back where the server still knows it.</p>
      ) : null}
      <div ref={list}>
        {headers.map(({ key, name, value }, index) => (
          <div key={key} className={classes.header} data-row>
            <TextInput
              size="xs"
              aria-label={`Name of header ${index + 1}`}
              placeholder="Name"
              classNames={{ input: classes.mono ?? '' }}
              spellCheck={false}
              value={name}
              error={faults.get(key)}
              onChange={({ currentTarget }) => set(key, { name: currentTarget.value })}
            />
            <TextInput
              size="xs"
              aria-label={`Value of ${name || `header ${index + 1}`}`}
              placeholder="Value"
              classNames={{ input: classes.mono ?? '' }}
              spellCheck={false}
              value={value}
              onChange={({ currentTarget }) => set(key, { value: currentTarget.value })}
            />
            <ActionIcon
              size={30}
              aria-label={`Remove ${name || `header ${index + 1}`}`}
              onClick={() => onChange(headers.filter((header) => header.key !== key))}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </div>
        ))}
      </div>
      {fault === null ? null : (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
      <Button variant="default" size="compact-xs" leftSection={<IconPlus size={13} />} onClick={add}>
        Add a header
      </Button>
    </fieldset>
  );
}
