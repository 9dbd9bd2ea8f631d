import { Button, FileButton, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import classes from './import-drawer.module.css';

/** More is no PEM file of one certificate with its chain. */
const MAX_BYTES = 200_000;

interface PemFieldProps {
  readonly label: string;
  readonly description: string;
  readonly placeholder: string;
  /** Endings that the file dialog shows. */
  readonly accept: string;
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (text: string) => void;
}

/** A PEM text: pasted, dropped as a file, or chosen. */
export function PemField({ label, description, placeholder, accept, value, error, onChange }: PemFieldProps) {
  const [isOver, setOver] = useState(false);
  const [ownFault, setOwnFault] = useState<string | null>(null);
  const read = async (file: File | null | undefined) => {
    if (!file) return;
    if (file.size > MAX_BYTES) return setOwnFault(`${file.name} is too large for a PEM file.`);
    const text = await file.text();
    if (!text.includes('-----BEGIN '))
      return setOwnFault(`${file.name} is no PEM file: it has no line that begins with -----BEGIN.`);
    setOwnFault(null);
    onChange(text);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a third way; pasting and choosing work by keys
    <div
      className={classes.pem}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Textarea
        label={label}
        description={description}
        placeholder={placeholder}
        rows={8}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: classes.text ?? '' }}
        value={value}
        error={ownFault ?? error}
        onChange={({ currentTarget }) => {
          setOwnFault(null);
          onChange(currentTarget.value);
        }}
      />
      <div className={classes.file}>
        <FileButton accept={accept} onChange={(file) => void read(file)}>
          {(props) => (
            <Button {...props} size="compact-sm" variant="default" leftSection={<IconFileUpload size={14} />}>
              Choose a file
            </Button>
          )}
        </FileButton>
        <span>or drop it on the field</span>
      </div>
    </div>
  );
}
