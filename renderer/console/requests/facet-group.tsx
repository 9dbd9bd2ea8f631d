import { UnstyledButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import classes from './facet.module.css';

interface FacetGroupProps {
  readonly label: string;
  /** What is wanted, in words; stands beside the label while the group is closed. */
  readonly chosen: string | undefined;
  /** Stands there when nothing is wanted. */
  readonly none?: string;
  readonly startsOpen: boolean;
  readonly children: ReactNode;
}

/** A part of the filters that opens and closes, and stays as it was left. */
export function FacetGroup({ label, chosen, none = 'any', startsOpen, children }: FacetGroupProps) {
  const id = useId();
  const [isOpen, setOpen] = useLocalStorage({
    key: `orion-facet-${label.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`,
    defaultValue: startsOpen,
    getInitialValueInEffect: false,
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a flex column in every browser.
    <div role="group" aria-labelledby={id}>
      <UnstyledButton className={classes.head} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <IconChevronRight size={13} className={classes.chevron} aria-hidden="true" />
        <span className={classes.label} id={id}>
          {label}
        </span>
        {isOpen ? null : (
          <span className={classes.chosen} data-set={chosen !== undefined}>
            {chosen ?? none}
          </span>
        )}
      </UnstyledButton>
      {isOpen ? <div className={classes.body}>{children}</div> : null}
    </div>
  );
}
