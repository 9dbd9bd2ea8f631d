import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './facet.module.css';
import { FacetGroup } from './facet-group.tsx';

interface FacetProps {
  /** Unlike that of any other facet: by it is remembered whether it is open. */
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly title?: string }[];
  readonly value: string | undefined;
  /** Undefined: none is wanted any more. */
  readonly onChange: (value: string | undefined) => void;
  readonly startsOpen?: boolean;
  /** What is wanted, in words, when it is none of the options. */
  readonly chosen?: string | undefined;
  /** Stands after the options. */
  readonly children?: ReactNode;
}

/** A few values of which one or none is wanted: pressing the wanted one again lets it go. */
export function Facet(props: FacetProps) {
  const { label, options, value, onChange, startsOpen = false, chosen, children } = props;
  const known = options.find((option) => option.value === value)?.label;
  return (
    <FacetGroup label={label} chosen={chosen ?? known ?? value} startsOpen={startsOpen}>
      <div className={classes.options}>
        {options.map((option) => (
          <UnstyledButton
            key={option.value}
            className={classes.option}
            aria-pressed={option.value === value}
            title={option.title}
            onClick={() => onChange(option.value === value ? undefined : option.value)}
          >
            {option.label}
          </UnstyledButton>
        ))}
        {children}
      </div>
    </FacetGroup>
  );
}
