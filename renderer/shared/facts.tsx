import type { CSSProperties, ReactNode } from 'react';
import classes from './facts.module.css';

interface FactsProps {
  /** Of the column of names, in pixels. */
  readonly nameWidth: number;
  readonly className?: string | undefined;
  /** `Fact`s. */
  readonly children: ReactNode;
}

/** Names at the left, what they are at the right, inside a panel. */
export function Facts({ nameWidth, className, children }: FactsProps) {
  return (
    <dl
      className={className ? `${classes.facts} ${className}` : classes.facts}
      style={{ '--name-width': `${nameWidth}px` } as CSSProperties}
    >
      {children}
    </dl>
  );
}

/** A name and what it is. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
