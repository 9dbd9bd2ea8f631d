import { Skeleton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Fault } from '../../../server/contract/problem.ts';
import { Page } from '../../shared/page.tsx';
import { ErrorState } from '../../shared/states.tsx';
import { useServerEvent } from '../api/events.tsx';
import { ProblemError } from '../api/problem.ts';
import { useRead } from '../api/queries.ts';
import { Answer } from './answer.tsx';
import { ExamplesList } from './examples-list.tsx';
import classes from './routing-page.module.css';
import { RoutingSections } from './routing-sections.tsx';
import { useUrlDrop } from './use-url-drop.ts';
import { useWhatIf } from './use-what-if.ts';
import { type WhatIf, whyBody } from './what-if.ts';
import { WhatIfForm } from './what-if-form.tsx';

/** The what-if box: which store would an address reach, and why. The server's own resolver answers; nothing is sent. */
export function RoutingPage() {
  const { form, asked, change } = useWhatIf();
  const isAsked = asked.url.trim() !== '';
  const answer = useRead('why', { body: whyBody(asked) }, { isEnabled: isAsked, keepsPrevious: true });
  const client = useQueryClient();
  // A store that was made, closed or deleted changes answers.
  useServerEvent('store', () => void client.invalidateQueries({ queryKey: ['why'] }));
  const faults = isAsked ? faultsOf(answer.error, form) : [];
  const onTry = (url: string) => {
    change({ url, host: '', storeHeader: '', method: 'GET' });
    document.querySelector('form[aria-label="What if"]')?.scrollIntoView({ block: 'nearest' });
  };
  const drop = useUrlDrop(onTry);
  const isCurrent = isAsked && faults.length === 0 && !answer.isPlaceholderData;
  return (
    <Page title="Routing" lead="Which store an address reaches, and why. Answered while typing; nothing is sent.">
      <div className={classes.drop} data-over={drop.isOver || undefined} {...drop.handlers}>
        <WhatIfForm form={form} faults={faults} onChange={change} />
        {!isAsked || faults.length > 0 ? (
          <Examples />
        ) : answer.data ? (
          <Answer asked={asked} resolution={answer.data} isOld={answer.isPlaceholderData} />
        ) : answer.error ? (
          <ErrorState title="There is no answer" error={answer.error} onRetry={() => void answer.refetch()} />
        ) : (
          <Skeleton height={320} mt="lg" radius="lg" aria-hidden="true" />
        )}
      </div>
      <RoutingSections asked={asked} resolution={isCurrent ? (answer.data ?? null) : null} onTry={onTry} />
    </Page>
  );
}

/** What is wrong with the fields. Where it is one thing, the whole sentence says it better than its short form. */
function faultsOf(error: Error | null, form: WhatIf): readonly Fault[] {
  if (!(error instanceof ProblemError)) return [];
  const faults = error.faults.filter(({ field }) => field in form);
  return faults.map(({ field, message }) => ({ field, message: faults.length === 1 ? error.message : message }));
}

function Examples() {
  const stores = useRead('listStores', {});
  const server = useRead('server', {});
  const error = stores.error ?? server.error;
  if (error) {
    const retry = () => void Promise.all([stores.refetch(), server.refetch()]);
    return <ErrorState title="The examples could not be made" error={error} onRetry={retry} />;
  }
  if (!stores.data || !server.data) return <Skeleton height={360} mt="lg" radius="lg" aria-hidden="true" />;
  return <ExamplesList stores={stores.data.stores} platform={server.data} />;
}
