import { Button } from '@mantine/core';
import { IconAlertTriangle, IconBinaryTree } from '@tabler/icons-react';
import type { Explained } from '../../../../server/contract/inspect.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import { useChange } from '../../api/queries.ts';
import classes from './explain.module.css';

interface ExplainProps {
  readonly requestId: string;
  /** Where the statement stands in the request. */
  readonly statement: number;
}

/** Asks the database how it runs a statement, and shows its plan. */
export function Explain({ requestId, statement }: ExplainProps) {
  const explain = useChange('explainStatement');
  const ask = () => explain.mutate({ params: { id: requestId }, body: { statement } });
  return (
    <div className={classes.explain}>
      {explain.data ? (
        <Plan plan={explain.data} />
      ) : (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconBinaryTree size={13} />}
          onClick={ask}
          loading={explain.isPending}
        >
          Explain
        </Button>
      )}
      {explain.error ? (
        <p className={classes.error} role="alert">
          {explain.error.message}
        </p>
      ) : null}
    </div>
  );
}

const ENGINES = { sqlite: 'SQLite', postgres: 'Postgres' } as const;

function Plan({ plan: { engine, lines, notes } }: { readonly plan: Explained }) {
  const text = lines.map(({ depth, text: line }) => `${'  '.repeat(depth)}${line}`).join('\n');
  return (
    <section aria-label="Plan" className={classes.plan}>
      <div className={classes.head}>
        <span>How {ENGINES[engine]} runs it</span>
        <CopyButton text={text} label="Copy the plan" />
      </div>
      <ul className={classes.lines}>
        {lines.map((line, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a plan never change places.
            key={index}
            className={classes.line}
            data-warning={line.isWarning}
            style={{ paddingLeft: 12 + line.depth * 18 }}
          >
            {line.isWarning ? <IconAlertTriangle size={13} aria-label="Warning" /> : null}
            <code>{line.text}</code>
          </li>
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
    </section>
  );
}
