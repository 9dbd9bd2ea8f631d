import { Button, Radio, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  BACKEND_IDS,
  type BackendCard,
  type BackendId,
  type BackendOverview,
} from '../../../../server/contract/backends.ts';
import drawer from '../../../shared/side-drawer.module.css';
import { StateLabel } from '../../../shared/state-label.tsx';
import { factsOf } from '../backend-facts.ts';
import { EXAMPLE_URL } from './database-url.ts';
import classes from './switch-drawer.module.css';
import { canChoose, choose, faultOfTarget, ownServerLabel, type Server, type Target } from './target.ts';

interface TargetStepProps {
  readonly overview: BackendOverview;
  readonly target: Target;
  readonly onChange: (target: Target) => void;
  readonly onPlan: () => void;
  readonly onClose: () => void;
}

/** The first step: which of the five, and for Postgres on which server. */
export function TargetStep({ overview, target, onChange, onPlan, onClose }: TargetStepProps) {
  const [isAsked, setAsked] = useState(false);
  const fault = faultOfTarget(target);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (fault === null) onPlan();
  };
  const facts = target.to === null ? null : factsOf(target.to);
  return (
    <form className={drawer.form} onSubmit={submit} noValidate autoComplete="off">
      <div className={drawer.scroll}>
        <Radio.Group
          label="Move every store to"
          value={target.to}
          onChange={(id) => {
            const to = BACKEND_IDS.find((one) => one === id);
            if (to) onChange(choose(target, to, overview.current));
          }}
          error={isAsked && target.to === null ? fault : undefined}
        >
          <div className={classes.choices}>
            {overview.backends.map((card) => (
              <Choice key={card.id} card={card} current={overview.current} />
            ))}
          </div>
        </Radio.Group>
        {facts?.engine === 'postgres' ? (
          <PostgresFields overview={overview} target={target} fault={isAsked ? fault : null} onChange={onChange} />
        ) : null}
      </div>
      <div className={drawer.buttons}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit">Show the plan</Button>
      </div>
    </form>
  );
}

function Choice({ card, current }: { readonly card: BackendCard; readonly current: BackendId }) {
  const { engine, engineName, title, isolates } = factsOf(card.id);
  const isCurrent = card.id === current;
  return (
    <Radio.Card value={card.id} disabled={!canChoose(card.id, current)} className={classes.choice ?? ''}>
      <Radio.Indicator />
      <span className={classes.choiceText}>
        <span className={classes.choiceTitle}>
          {engineName}: {title.charAt(0).toLowerCase()}
          {title.slice(1)}
        </span>
        <span className={classes.muted}>
          {isCurrent && engine === 'postgres' ? 'In force here; can move to another Postgres.' : isolates}
        </span>
      </span>
      {isCurrent ? <StateLabel tone="good">in force</StateLabel> : null}
      {card.state === 'kept' ? <StateLabel tone="warn">drop it first</StateLabel> : null}
    </Radio.Card>
  );
}

const BUILT_IN = 'Nothing to install: it starts and stops with the server, with its data in the data folder.';

interface PostgresFieldsProps extends Pick<TargetStepProps, 'overview' | 'target' | 'onChange'> {
  /** What is wrong with the address; null while nothing is, or nobody has asked. */
  readonly fault: string | null;
}

/** On which Postgres: the one at hand, or another by its address. */
function PostgresFields({ overview, target, fault, onChange }: PostgresFieldsProps) {
  const { connection, current } = overview;
  return (
    <>
      <Radio.Group
        label="On which Postgres"
        value={target.server}
        onChange={(server) => onChange({ ...target, server: server as Server })}
      >
        <div className={classes.servers}>
          <Radio
            value="own"
            label={ownServerLabel(connection)}
            description={connection.kind === 'external' ? undefined : BUILT_IN}
            disabled={target.to === current}
          />
          {connection.kind === 'external' ? (
            <Radio value="embedded" label="The Postgres that this server runs" description={BUILT_IN} />
          ) : null}
          <Radio value="url" label="Another one, by its address" />
        </div>
      </Radio.Group>
      {target.server === 'url' ? (
        <TextInput
          label="Address"
          description={
            <>
              As <code className="mono">{EXAMPLE_URL}</code>. It is sent to this server only and not kept in the
              browser.
            </>
          }
          value={target.databaseUrl}
          maxLength={2000}
          spellCheck={false}
          autoComplete="off"
          data-1p-ignore
          classNames={{ input: classes.url ?? '' }}
          error={fault}
          onChange={({ currentTarget }) => onChange({ ...target, databaseUrl: currentTarget.value })}
        />
      ) : null}
    </>
  );
}
