import { Button, Select, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconCircleCheck, IconRouteOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { ListRoutesInput, RouteTable } from '../../../../server/contract/routing.ts';
import { formatNumber } from '../../../shared/format.ts';
import { EmptyState, ErrorState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import { PatternRows } from './pattern-rows.tsx';
import { PATTERN_RULES } from './pattern-words.ts';
import classes from './patterns-table.module.css';

const PAUSE_MS = 150;

interface PatternsTableProps {
  /** The host that was asked about: its patterns are marked. */
  readonly askedHost: string | null;
  readonly onTry: (url: string) => void;
}

type Shown = 'all' | 'problem' | 'reserved';

/** Every host and path pattern of the platform, who owns it, and what is wrong with it. */
export function PatternsTable({ askedHost, onTry }: PatternsTableProps) {
  const [text, setText] = useState('');
  const [rule, setRule] = useState<ListRoutesInput['rule']>('');
  const [shown, setShown] = useState<Shown>('all');
  const [settled] = useDebouncedValue(text, PAUSE_MS);
  const query: ListRoutesInput = {
    ...(settled.trim() === '' ? {} : { text: settled.trim() }),
    ...(rule ? { rule } : {}),
    ...(shown === 'all' ? {} : { state: shown }),
  };
  const table = useRead('routes', { query }, { keepsPrevious: true });
  const reset = () => {
    setText('');
    setRule('');
    setShown('all');
  };
  return (
    <div>
      <div className={classes.tools}>
        <TextInput
          className={classes.filter ?? ''}
          aria-label="Filter patterns"
          placeholder="Filter by host, path, store or part"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          className={classes.rule ?? ''}
          aria-label="Rule"
          data={[
            { value: '', label: 'Every rule' },
            ...Object.entries(PATTERN_RULES).map(([value, label]) => ({ value, label })),
          ]}
          value={rule ?? ''}
          allowDeselect={false}
          onChange={(value) => setRule((value ?? '') as ListRoutesInput['rule'])}
        />
        <Select
          className={classes.rule ?? ''}
          aria-label="State"
          data={[
            { value: 'all', label: 'Every state' },
            { value: 'problem', label: 'Only problems' },
            { value: 'reserved', label: 'Reserved words' },
          ]}
          value={shown}
          allowDeselect={false}
          onChange={(value) => setShown((value ?? 'all') as Shown)}
        />
        {table.data ? <Summary table={table.data} onShow={() => setShown('problem')} /> : null}
      </div>
      {table.error && !table.data ? (
        <ErrorState title="The patterns could not be read" error={table.error} onRetry={() => void table.refetch()} />
      ) : !table.data ? (
        <Skeleton height={400} radius="lg" aria-hidden="true" />
      ) : table.data.rows.length === 0 ? (
        <EmptyState
          icon={<IconRouteOff size={32} />}
          title={shown === 'problem' ? 'Every pattern is as it must be' : 'No pattern matches'}
          action={
            <Button variant="default" onClick={reset}>
              Show every pattern
            </Button>
          }
        >
          {shown === 'problem'
            ? 'No two stores claim the same name, and nothing stands behind another pattern.'
            : 'The filter leaves nothing over.'}
        </EmptyState>
      ) : (
        <PatternRows rows={table.data.rows} askedHost={askedHost} onTry={onTry} />
      )}
      {table.data ? <LeftOut table={table.data} /> : null}
    </div>
  );
}

function Summary({ table, onShow }: { readonly table: RouteTable; readonly onShow: () => void }) {
  const { total, problems } = table;
  return (
    <p className={classes.summary} role="status">
      {formatNumber(total)} {total === 1 ? 'pattern' : 'patterns'}
      {problems === 0 ? (
        <span className={classes.good}>
          <IconCircleCheck size={16} aria-hidden="true" /> none collides
        </span>
      ) : (
        <button type="button" className={classes.problems} onClick={onShow}>
          <IconAlertTriangle size={16} aria-hidden="true" /> {formatNumber(problems)} to look at
        </button>
      )}
    </p>
  );
}

function LeftOut({ table }: { readonly table: RouteTable }) {
  const notes = [
    table.total > table.rows.length ? `${formatNumber(table.total - table.rows.length)} more patterns match.` : null,
    table.storesLeftOut > 0 ? `${formatNumber(table.storesLeftOut)} stores were not looked at.` : null,
  ].filter((note) => note !== null);
  return notes.length === 0 ? null : <p className={classes.left}>{notes.join(' ')} A text narrows them down.</p>;
}
