import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import classes from './saved-filters.module.css';

interface FilterNameFormProps {
  readonly label: string;
  readonly verb: string;
  readonly initial: string;
  readonly isBusy?: boolean;
  /** What is wrong with a name, or null. */
  readonly faultOf: (name: string) => string | null;
  readonly onDone: (name: string) => void;
  readonly onCancel?: () => void;
}

/** A name and the button that takes it. */
export function FilterNameForm(props: FilterNameFormProps) {
  const { label, verb, initial, isBusy = false, faultOf, onDone, onCancel } = props;
  const [name, setName] = useState(initial);
  const [wasTried, setTried] = useState(false);
  const fault = wasTried ? faultOf(name) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!faultOf(name)) onDone(name.trim());
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        size="xs"
        className={classes.name}
        aria-label={label}
        placeholder={label}
        maxLength={60}
        value={name}
        error={fault}
        data-autofocus={onCancel ? true : undefined}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !onCancel) return;
          event.stopPropagation();
          onCancel();
        }}
      />
      <Button type="submit" size="xs" variant="default" loading={isBusy}>
        {verb}
      </Button>
    </form>
  );
}
