import { Button, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import type { BackendCard as Card } from '../../../server/contract/backends.ts';
import { Fact } from '../../shared/facts.tsx';
import { formatMoment } from '../../shared/format.ts';
import { StateLabel } from '../../shared/state-label.tsx';
import classes from './backend-card.module.css';
import { factsOf } from './backend-facts.ts';
import { IsolationDiagram, type StoreColors } from './isolation-diagram.tsx';

interface BackendCardProps {
  readonly card: Card;
  readonly colors: StoreColors;
  /** A move runs: nothing else can begin. */
  readonly isBusy: boolean;
  readonly onSwitch: () => void;
  readonly onDrop: () => void;
}

/** One of the five: how it keeps stores apart, what it is good for, whether it is in force, and what can be done. */
export function BackendCard({ card, colors, isBusy, onSwitch, onDrop }: BackendCardProps) {
  const title = useId();
  const facts = factsOf(card.id);
  return (
    <article className={classes.card} data-state={card.state} aria-label={`${facts.engineName}: ${facts.title}`}>
      <div className={classes.drawing}>
        <IsolationDiagram id={card.id} colors={colors} />
      </div>
      <div className={classes.heading}>
        <div className={classes.engine}>
          <span>{facts.engineName}</span>
          <StateOf card={card} />
        </div>
        <Title order={3} id={title} className={classes.title ?? ''}>
          <span className={classes.hidden}>{facts.engineName}: </span>
          {facts.title}
        </Title>
        <code className={classes.id}>{card.id}</code>
      </div>
      <dl className={classes.facts}>
        <Fact name="Keeps apart">
          {facts.isolates} {facts.how}
        </Fact>
        <Fact name="Protected by">
          <ul className={classes.protectors}>
            {facts.protectors.map((one) => (
              <li key={one}>
                <IconShieldCheck size={14} aria-hidden="true" />
                {one}
              </li>
            ))}
          </ul>
        </Fact>
        <Fact name="Good for">{facts.goodFor}</Fact>
        <Fact name="Mind">{facts.mind}</Fact>
      </dl>
      <div className={classes.foot}>
        {card.state === 'available' ? null : <p className={classes.place}>{placeOf(card)}</p>}
        {card.state === 'current' ? null : (
          <div className={classes.actions}>
            <Button size="xs" variant="default" disabled={isBusy} onClick={onSwitch} aria-describedby={title}>
              Switch to this
            </Button>
            {card.state === 'kept' ? (
              <Button
                size="xs"
                variant="subtle"
                color="red"
                disabled={isBusy}
                onClick={onDrop}
                aria-describedby={title}
              >
                Drop
              </Button>
            ) : null}
          </div>
        )}
      </div>
    </article>
  );
}

function StateOf({ card }: { readonly card: Card }) {
  if (card.state === 'current') return <StateLabel tone="good">in force</StateLabel>;
  if (card.state === 'kept') return <StateLabel tone="warn">kept</StateLabel>;
  return <StateLabel tone="plain">nothing here</StateLabel>;
}

function placeOf({ state, place, keptSince }: Card): ReactNode {
  const where = place ?? 'the data folder';
  if (state === 'current') return <>The stores lie in {where}.</>;
  return (
    <>
      {keptSince === null ? 'Kept' : `Kept since ${formatMoment(keptSince)}`} in {where}, as it was when the stores
      moved away.
    </>
  );
}
