import { ActionIcon, Skeleton } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Comparison } from '../../../../server/contract/inspect.ts';
import { ErrorState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import { requestAddress } from './compare-address.ts';
import classes from './compare-view.module.css';
import { DiffTable } from './diff-table.tsx';
import { HeaderDiff } from './header-diff.tsx';
import { Section } from './section.tsx';
import { countChanges } from './side-by-side.ts';
import { Sides } from './sides.tsx';

interface CompareViewProps {
  readonly left: string;
  readonly right: string;
}

/** Two requests side by side: what differs in a sentence, then status, headers, body and SQL. */
export function CompareView({ left, right }: CompareViewProps) {
  const navigate = useNavigate();
  const { search } = useLocation();
  const { data, error, refetch } = useRead('compareRequests', { params: { id: left, other: right } });
  const back = useRef<HTMLButtonElement>(null);
  // What was pressed before is gone.
  useEffect(() => back.current?.focus(), []);
  return (
    <div className={classes.view}>
      <header className={classes.header}>
        <ActionIcon
          size="sm"
          ref={back}
          aria-label="Back to the request"
          onClick={() => void navigate(requestAddress(left, search))}
        >
          <IconArrowLeft size={16} />
        </ActionIcon>
        <h2 className={classes.title}>Comparison</h2>
      </header>
      {error ? (
        <ErrorState title="The requests could not be compared" error={error} onRetry={() => void refetch()} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable with the keyboard.
        <section className={classes.scroll} tabIndex={0} aria-label="Comparison">
          {data ? <Compared comparison={data} search={search} /> : <Loading />}
        </section>
      )}
    </div>
  );
}

function Compared({ comparison, search }: { readonly comparison: Comparison; readonly search: string }) {
  const { left, right, summary, headers, body, sql } = comparison;
  return (
    <>
      <p className={classes.summary}>{summary}</p>
      <Sides left={left} right={right} search={search} />
      <HeaderDiff headers={headers} />
      <Section title="Body" note={body === null ? 'not kept of both' : changeWords(body, 'line')}>
        {body === null ? (
          <p className={classes.note}>
            A body is missing: it was not kept, is no text or there was none. Recording says which bodies are kept.
          </p>
        ) : (
          <DiffTable lines={body} same="The bodies are the same." label="Body" />
        )}
      </Section>
      <Section title="SQL" note={changeWords(sql, 'statement')}>
        <DiffTable lines={sql} same="Both sent the same statements." label="SQL" />
      </Section>
    </>
  );
}

function changeWords(lines: Comparison['sql'], one: string): string {
  const { removed, added } = countChanges(lines);
  if (removed + added === 0) return 'the same';
  return `${removed} ${removed === 1 ? one : `${one}s`} only left, ${added} only right`;
}

function Loading() {
  return (
    <>
      <Skeleton height={24} width="60%" />
      <Skeleton height={112} mt={16} />
      <Skeleton height={240} mt={16} />
    </>
  );
}
