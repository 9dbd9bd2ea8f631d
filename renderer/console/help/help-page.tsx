import { Accordion, SegmentedControl, Title } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { Copyable } from '../../shared/copy-button.tsx';
import { Page } from '../../shared/page.tsx';
import { answers, audiences } from './help-content.ts';
import classes from './help-page.module.css';

/** Help for the four kinds of users, answers to what goes wrong most, and the commands. */
export function HelpPage() {
  const [search, setSearch] = useSearchParams();
  const audience = audiences.find(({ id }) => id === search.get('for')) ?? audiences[0];
  return (
    <Page title="Help" lead="What Orion Studio does for you, and what to do when something does not work.">
      <SegmentedControl
        aria-label="Who you are"
        data={audiences.map(({ id, label }) => ({ value: id, label }))}
        value={audience?.id ?? ''}
        onChange={(value) => setSearch({ for: value }, { replace: true })}
        className={classes.audiences}
      />
      <p className={classes.intro}>{audience?.intro}</p>
      <ol className={classes.tasks}>
        {audience?.tasks.map(({ title, text, to, command }) => (
          <li key={title} className={classes.task}>
            <Title order={3}>{title}</Title>
            <p>{text}</p>
            {to ? (
              <Link to={to.path} className={classes.link}>
                {to.label} <IconArrowRight size={14} aria-hidden="true" />
              </Link>
            ) : null}
            {command ? <Copyable text={command} label="Copy the command" /> : null}
          </li>
        ))}
      </ol>
      <Title order={2} mt={40} mb="xs">
        When something does not work
      </Title>
      <Accordion variant="default" chevronPosition="left" className={classes.answers}>
        {answers.map(({ question, answer, command }) => (
          <Accordion.Item key={question} value={question}>
            <Accordion.Control>{question}</Accordion.Control>
            <Accordion.Panel>
              <p className={classes.answer}>{answer}</p>
              {command ? <Copyable text={command} label="Copy the command" /> : null}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Page>
  );
}
