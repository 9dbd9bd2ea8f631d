import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import type { StationFlowNode } from './flow-drawing.tsx';
import classes from './flow-tab.module.css';

/** A station of the drawing: its name, what it saw, why, and how long it took. */
export const StationNode = memo(function StationNode({ data: { station } }: NodeProps<StationFlowNode>) {
  const { title, state, word, saw, note, time } = station;
  return (
    <div className={classes.station} data-state={state} title={[saw, note].filter(Boolean).join('\n')}>
      <Handle type="target" position={Position.Top} id="top" className={classes.handle ?? ''} />
      <Handle type="target" position={Position.Left} id="left" className={classes.handle ?? ''} />
      <Handle type="target" position={Position.Right} id="right" className={classes.handle ?? ''} />
      <div className={classes.stationHead}>
        <span className={classes.stationTitle}>{title}</span>
        {word === '' ? null : <span className={classes.stationWord}>{word}</span>}
        <span className={classes.stationTime}>{time}</span>
      </div>
      {saw === '' ? null : <code className={classes.saw}>{saw}</code>}
      <span className={classes.stationNote} data-long={saw === ''}>
        {note}
      </span>
      <Handle type="source" position={Position.Bottom} id="bottom" className={classes.handle ?? ''} />
      <Handle type="source" position={Position.Right} id="right" className={classes.handle ?? ''} />
    </div>
  );
});
