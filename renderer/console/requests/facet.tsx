import { UnstyledButton } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './facet.module.css';

interface FacetProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string | undefined;
  /** Undefined: none is wanted any more. */
  readonly onChange: (value: string | undefined) => void;
  /** Stands after the options. */
  readonly children?: ReactNode;
}

/** A few values of which one or none is wanted: pressing the wanted one again lets it go. */
export function Facet({ label, options, value, onChange, children }: FacetProps) {
  const labelId = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a flex column in every browser.
    <div role="group" aria-labelledby={labelId}>
      <div className={classes.label} id={labelId}>
        {label}
      </div>
      <div className={classes.options}>
        {options.map((option) => (
          <UnstyledButton
            key={option.value}
            className={classes.option}
            aria-pressed={option.value === value}
            onClick={() => onChange(option.value === value ? undefined : option.value)}
          >
            {option.label}
          </UnstyledButton>
        ))}
        {children}
      </div>
    </div>
  );
}
