import { Button, Skeleton, TextInput } from '@mantine/core';
import { IconRefresh, IconSearch, IconSearchOff, IconWorldOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { count, formatClock } from '../../../shared/format.ts';
import { EmptyState, ErrorState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import { useTypedText } from '../../stores/list/use-typed-text.ts';
import { RunButton } from '../run-button.tsx';
import { TabHead } from '../tab-head.tsx';
import classes from './matrix.module.css';
import { findNames, summaryOf } from './matrix.ts';
import { MatrixTable } from './matrix-table.tsx';
import { PacPanel } from './pac-panel.tsx';

const ROW_PX = 52;

/** Every name of the platform against every kind of client, what does not work and the button for it. */
export function NamesTab() {
  const [params, setParams] = useSearchParams();
  const probing = useRead('probeNames', { body: {} });
  const { data: list } = useRead('listStores', {});
  const { data: hosts } = useRead('hosts', {});
  const [text, setText] = useTypedText(params.get('q') ?? '', (typed) =>
    setParams(typed === '' ? {} : { q: typed }, { replace: true }),
  );
  const probes = probing.data?.probes ?? [];
  const found = findNames(probes, text);
  return (
    <>
      <Head probing={probing} isOutOfStep={hosts?.isInStep === false} path={hosts?.path ?? 'the hosts file'} />
      {probing.error && !probing.data ? (
        <ErrorState title="The names could not be tried" error={probing.error} onRetry={() => void probing.refetch()} />
      ) : !probing.data && !probing.isFetching ? (
        <EmptyState icon={<IconWorldOff size={24} />} title="The trying was stopped">
          Every name is tried here as a browser, this app, other programs and curl would.
        </EmptyState>
      ) : !probing.data ? (
        <Skeleton height={36 + 9 * ROW_PX + 44} radius="md" mb="xl" aria-label="Trying every name" />
      ) : probes.length === 0 ? (
        <EmptyState icon={<IconWorldOff size={24} />} title="No names yet">
          Every store brings a name; each is tried here as a browser, this app, other programs and curl would.
        </EmptyState>
      ) : (
        <>
          <div className={classes.toolbar}>
            <TextInput
              className={classes.filter ?? ''}
              data-filter-input
              aria-label="Name, store or kind"
              placeholder="Name, store or kind"
              maxLength={200}
              leftSection={<IconSearch size={16} />}
              value={text}
              onChange={({ currentTarget }) => setText(currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') event.currentTarget.blur();
              }}
            />
            <span className={classes.found} role="status">
              {text.trim() === '' ? '' : `${count(found.length, 'name')} found`}
            </span>
          </div>
          {found.length === 0 ? (
            <EmptyState
              icon={<IconSearchOff size={24} />}
              title="No name has this text"
              action={
                <Button variant="default" onClick={() => setText('')}>
                  Clear filter
                </Button>
              }
            >
              Name, kind and store are looked at.
            </EmptyState>
          ) : (
            <div className={classes.frame}>
              <MatrixTable probes={found} stores={list?.stores ?? []} label="Names by client" />
            </div>
          )}
        </>
      )}
      <PacPanel />
    </>
  );
}

interface HeadProps {
  readonly probing: ReturnType<typeof useRead<'probeNames'>>;
  readonly isOutOfStep: boolean;
  readonly path: string;
}

function Head({ probing, isOutOfStep, path }: HeadProps) {
  const client = useQueryClient();
  const { data, isFetching } = probing;
  const summary = data
    ? summaryOf(data.probes)
    : ({ tone: 'plain', title: isFetching ? 'Trying every name' : 'Not known', failing: 0 } as const);
  const canFix = summary.failing > 0 && isOutOfStep;
  const advice = canFix ? `Names that only browsers know become known to every program in ${path}.` : null;
  return (
    <TabHead
      tone={summary.tone}
      title={summary.title}
      text={advice ?? (data ? `Tried at ${formatClock(data.checkedAt).slice(0, 8)}.` : '\u00a0')}
      actions={
        <>
          <RunButton
            label={data ? 'Try again' : 'Try every name'}
            icon={<IconRefresh size={16} />}
            variant="default"
            isRunning={isFetching}
            onRun={() => void probing.refetch()}
            onStop={() => void client.cancelQueries({ queryKey: ['probeNames'] })}
          />
          {canFix ? (
            <Button component={Link} to="/names/hosts">
              Write names to the hosts file
            </Button>
          ) : null}
        </>
      }
    />
  );
}
