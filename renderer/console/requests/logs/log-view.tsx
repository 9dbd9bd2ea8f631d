import { Button, Checkbox, Select, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconArrowDown, IconEraser, IconFileText, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { isConsoleLine, type LogLine } from '../../../../server/contract/requests.ts';
import { count } from '../../../shared/format.ts';
import { EmptyState, ErrorState } from '../../../shared/states.tsx';
import { StoreFilter } from '../store-filter.tsx';
import { LogRow } from './log-row.tsx';
import classes from './log-view.module.css';
import { useLogTail } from './use-log-tail.ts';

const LEVELS: readonly LogLine['level'][] = ['debug', 'info', 'warn', 'error'];
const LEVEL_OPTIONS = [
  { value: 'debug', label: 'debug and above' },
  { value: 'info', label: 'info and above' },
  { value: 'warn', label: 'warn and above' },
  { value: 'error', label: 'error alone' },
];
const TYPING_MS = 200;

/** The server's log as it is written; each line leads to its request. */
export function LogView({ isPaused }: { readonly isPaused: boolean }) {
  const filter = useLogFilter();
  const { lines: all, isLoading, error, clear } = useLogTail(filter.values, !isPaused);
  const lines = useMemo(
    () => (filter.showsConsole ? all : all.filter((line) => !isConsoleLine(line))),
    [all, filter.showsConsole],
  );
  return (
    <section className={classes.view} aria-label="Log">
      <LogToolbar filter={filter} found={lines.length} onClear={clear} />
      {error && lines.length === 0 ? (
        <ErrorState title="The log could not be read; it is tried again" error={error} />
      ) : isLoading && lines.length === 0 ? (
        <LoadingLines />
      ) : lines.length === 0 ? (
        <EmptyState icon={<IconFileText size={24} />} title="No line yet">
          Every line that the server writes appears here as soon as one matches. Open a page of a store to see some.
        </EmptyState>
      ) : (
        <Lines lines={lines} />
      )}
    </section>
  );
}

interface LogToolbarProps {
  readonly filter: ReturnType<typeof useLogFilter>;
  readonly found: number;
  readonly onClear: () => void;
}

function LogToolbar({ filter, found, onClear }: LogToolbarProps) {
  const { values, change } = filter;
  const [typed, setTyped] = useState(values.text ?? '');
  const apply = useDebouncedCallback((text: string) => change('text', text.trim()), TYPING_MS);
  return (
    <div className={classes.toolbar}>
      <TextInput
        className={classes.text}
        size="sm"
        data-filter-input
        aria-label="Text in a line"
        placeholder="Text in a line"
        maxLength={200}
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          apply(currentTarget.value);
        }}
      />
      <Select
        className={classes.levels}
        aria-label="Lowest level"
        data={LEVEL_OPTIONS}
        value={values.level ?? 'debug'}
        allowDeselect={false}
        onChange={(level) => change('level', level === 'debug' ? '' : (level ?? ''))}
      />
      <div className={classes.stores}>
        <StoreFilter
          value={values.store}
          onChange={(_name, code) => change('store', code ?? '')}
          isInPopover={false}
          hasLabel={false}
        />
      </div>
      <Checkbox
        size="xs"
        label="Console’s requests"
        checked={filter.showsConsole}
        onChange={({ currentTarget }) => change('console', currentTarget.checked ? 'show' : '')}
      />
      <span className={classes.found}>{count(found, 'line')}</span>
      <Button variant="default" leftSection={<IconEraser size={16} />} onClick={onClear} disabled={found === 0}>
        Empty the view
      </Button>
    </div>
  );
}

/** Follows the newest line while the view is at its end. */
function Lines({ lines }: { readonly lines: readonly LogLine[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what moves the end.
  useEffect(() => {
    if (isAtEnd) toEnd();
  }, [lines, isAtEnd]);
  return (
    <div className={classes.frame}>
      <section
        className={classes.scroll}
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable with the keyboard.
        tabIndex={0}
        aria-label="Log lines"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setAtEnd(scrollHeight - scrollTop - clientHeight < 24)
        }
      >
        <ol className={classes.lines}>
          {lines.map((line) => (
            <LogRow
              key={line.sequence}
              line={line}
              to={line.requestId === null ? null : `/requests/${encodeURIComponent(line.requestId)}?tab=logs`}
            />
          ))}
        </ol>
      </section>
      {isAtEnd ? null : (
        <Button
          className={classes.toEnd}
          size="compact-sm"
          radius="xl"
          leftSection={<IconArrowDown size={14} />}
          onClick={toEnd}
        >
          To the newest
        </Button>
      )}
    </div>
  );
}

function LoadingLines() {
  return (
    <div className={classes.loading} aria-busy="true">
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing else.
        <Skeleton key={index} height={12} mt={18} width={`${90 - ((index * 17) % 50)}%`} />
      ))}
    </div>
  );
}

/** What of the log is wanted stands in the address, under names of its own. */
function useLogFilter() {
  const [params, setParams] = useSearchParams();
  const level = LEVELS.find((one) => one === params.get('log-level'));
  const store = params.get('log-store');
  const text = params.get('log-text');
  return {
    showsConsole: params.get('log-console') === 'show',
    values: { ...(level ? { level } : {}), ...(store ? { store } : {}), ...(text ? { text } : {}) },
    change: (name: 'level' | 'store' | 'text' | 'console', value: string) =>
      setParams(
        (now) => {
          const changed = new URLSearchParams(now);
          if (value === '') changed.delete(`log-${name}`);
          else changed.set(`log-${name}`, value);
          return changed;
        },
        { replace: true },
      ),
  };
}
