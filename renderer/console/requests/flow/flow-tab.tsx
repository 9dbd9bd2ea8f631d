import { SegmentedControl, UnstyledButton } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import head from '../detail/tab-head.module.css';
import { useWidth } from '../use-width.ts';
import { FlowDrawing } from './flow-drawing.tsx';
import classes from './flow-tab.module.css';
import { flowOf, type Station } from './request-flow.ts';

interface FlowTabProps {
  readonly request: RequestTrace;
  /** Opens the tab that tells more. */
  readonly onShow: (tab: Station['tab']) => void;
}

/** Below this the drawing would be too small to read. */
const DRAWING_WIDTH = 440;

/** The way of the request from client to answer: drawn, or as a list. */
export function FlowTab({ request, onShow }: FlowTabProps) {
  const flow = useMemo(() => flowOf(request), [request]);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [chosen, setChosen] = useState<string | null>(null);
  const view = chosen ?? (width < DRAWING_WIDTH ? 'list' : 'drawing');
  return (
    <div ref={box} className={classes.tab}>
      <div className={head.head}>
        <p className={head.summary}>The way that was taken is lit. Press a station for more.</p>
        <SegmentedControl
          size="xs"
          aria-label="How the way is shown"
          value={view}
          onChange={setChosen}
          data={[
            { value: 'drawing', label: 'Drawing' },
            { value: 'list', label: 'List' },
          ]}
        />
      </div>
      {view === 'list' ? (
        <FlowList stations={flow.stations} onShow={onShow} />
      ) : (
        <FlowDrawing flow={flow} width={width} onShow={onShow} />
      )}
    </div>
  );
}

const STATE_WORDS: Readonly<Record<Station['state'], string>> = {
  lit: 'on the way',
  passed: 'tried',
  off: 'not reached',
  bad: 'ended here',
};

function FlowList({
  stations,
  onShow,
}: {
  readonly stations: readonly Station[];
  readonly onShow: FlowTabProps['onShow'];
}) {
  return (
    <ol className={classes.list} aria-label="The way of the request">
      {stations.map(({ id, title, state, word, saw, note, time, tab }) => (
        <li key={id} className={classes.item} data-state={state}>
          <UnstyledButton className={classes.itemTitle} onClick={() => onShow(tab)}>
            {title}
          </UnstyledButton>
          <span className={classes.itemWord}>{word || STATE_WORDS[state]}</span>
          <span className={classes.itemTime}>{time}</span>
          <span className={classes.itemText}>
            {saw === '' ? null : <code>{saw}</code>} {note}
          </span>
        </li>
      ))}
    </ol>
  );
}
