import { ActionIcon, Progress, Title, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { CHECKLIST_STEPS, type Checklist, type ChecklistStep } from '../../../server/contract/server.ts';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { notifyDone } from '../../shared/notify.tsx';
import { useChange } from '../api/queries.ts';
import classes from './checklist-card.module.css';

interface Step {
  readonly title: string;
  readonly text: string;
  readonly to: (firstStore: ListedStore | undefined) => string;
}

const STEPS: Readonly<Record<ChecklistStep, Step>> = {
  'open-store': {
    title: 'Open a store',
    text: 'Under its own host name, in a new tab.',
    to: (store) => store?.urls.subdomain ?? '/stores',
  },
  'create-store': {
    title: 'Create your own store',
    text: 'Name, colour, logo: it answers at once.',
    to: () => '/stores?create=1',
  },
  preview: { title: 'Compare two stores', text: 'Side by side at 360, 768 and 1280 pixels.', to: () => '/preview' },
  request: {
    title: 'Look into a request',
    text: 'Why it reached that store, and the SQL it caused.',
    to: () => '/requests',
  },
  'what-if': { title: 'Ask what if', text: 'Any URL, without sending it.', to: () => '/routing' },
};

interface ChecklistCardProps {
  readonly checklist: Checklist;
  readonly firstStore: ListedStore | undefined;
}

/** The first five minutes, until they are done or put away. Each step is ticked when it is taken. */
export function ChecklistCard({ checklist, firstStore }: ChecklistCardProps) {
  const save = useChange('saveChecklist', ['overview']);
  const { done } = checklist;
  if (checklist.isDismissed || done.length === CHECKLIST_STEPS.length) return null;
  const dismiss = () => {
    save.mutate({ body: { ...checklist, isDismissed: true } });
    notifyDone('The first steps are put away. Help has them too.', {
      label: 'Undo',
      run: () => save.mutate({ body: { ...checklist, isDismissed: false } }),
    });
  };
  return (
    <section className={classes.card} aria-labelledby="checklist-heading">
      <div className={classes.head}>
        <Title order={2} id="checklist-heading">
          First steps
        </Title>
        <span className={classes.progress}>
          <Progress
            value={(done.length / CHECKLIST_STEPS.length) * 100}
            w={96}
            size="sm"
            aria-label="First steps done"
          />
          {done.length} of {CHECKLIST_STEPS.length}
        </span>
        <Tooltip label="Put away">
          <ActionIcon onClick={dismiss} aria-label="Put the first steps away" ml="auto">
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      <ol className={classes.steps}>
        {CHECKLIST_STEPS.map((id) => (
          <li key={id}>
            <StepLink id={id} isDone={done.includes(id)} to={STEPS[id].to(firstStore)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepLink({ id, isDone, to }: { readonly id: ChecklistStep; readonly isDone: boolean; readonly to: string }) {
  const { title, text } = STEPS[id];
  const content = (
    <>
      {isDone ? (
        <IconCircleCheckFilled size={20} className={classes.tick} aria-label="Done" />
      ) : (
        <IconCircle size={20} stroke={1.5} className={classes.open} aria-label="To do" />
      )}
      <span>
        <span className={classes.title}>{title}</span>
        <span className={classes.text}>{text}</span>
      </span>
    </>
  );
  return to.startsWith('/') ? (
    <UnstyledButton component={Link} to={to} className={classes.step} data-done={isDone || undefined}>
      {content}
    </UnstyledButton>
  ) : (
    <UnstyledButton
      component="a"
      href={to}
      target="_blank"
      rel="noreferrer"
      className={classes.step}
      data-done={isDone || undefined}
    >
      {content}
    </UnstyledButton>
  );
}
