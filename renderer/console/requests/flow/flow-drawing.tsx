import '@xyflow/react/dist/base.css';
import { type Edge, MarkerType, type Node, Position, ReactFlow, type ReactFlowInstance } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import classes from './flow-tab.module.css';
import type { Link, RequestFlow, Station } from './request-flow.ts';
import { StationNode } from './station-node.tsx';

export type StationFlowNode = Node<{ readonly station: Station }, 'station'>;

/** Pixels at full size. */
const WIDTH = 252;
const HEIGHT = 76;
const COLUMN = 312;
const ROW = 90;
const ROWS = 7;
const NODE_TYPES = { station: StationNode };
const FIT = { padding: 0.01, maxZoom: 1, minZoom: 0.4 };

interface FlowDrawingProps {
  readonly flow: RequestFlow;
  /** Pixels that there are. */
  readonly width: number;
  readonly onShow: (tab: Station['tab']) => void;
}

/** The stations as a drawing that fits its pane; nothing in it can be moved. */
export function FlowDrawing({ flow, width, onShow }: FlowDrawingProps) {
  const nodes = useMemo(() => flow.stations.map(nodeOf), [flow]);
  const edges = useMemo(() => flow.links.map((link) => edgeOf(link, flow.stations)), [flow]);
  const [drawing, setDrawing] = useState<ReactFlowInstance<StationFlowNode> | null>(null);
  const scale = Math.min(1, (Number.isFinite(width) ? width : COLUMN + WIDTH) / (COLUMN + WIDTH + 8));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width or flow is what has to fit.
  useEffect(() => {
    const frame = requestAnimationFrame(() => void drawing?.fitView(FIT));
    return () => cancelAnimationFrame(frame);
  }, [drawing, width, flow]);
  return (
    <div className={classes.drawing} style={{ height: Math.ceil(ROWS * ROW * scale) }}>
      <ReactFlow<StationFlowNode>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        onInit={setDrawing}
        onNodeClick={(_event, node) => onShow(node.data.station.tab)}
        fitView
        fitViewOptions={FIT}
        minZoom={0.4}
        maxZoom={1}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        panOnDrag={false}
        panOnScroll={false}
        zoomOnScroll={false}
        zoomOnPinch={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        aria-label="The way of the request, drawn"
      />
    </div>
  );
}

function nodeOf(station: Station): StationFlowNode {
  return {
    id: station.id,
    type: 'station',
    position: { x: station.column * COLUMN, y: station.row * ROW },
    width: WIDTH,
    height: HEIGHT,
    data: { station },
    sourcePosition: Position.Bottom,
    targetPosition: Position.Top,
  };
}

/** Down within a column; from the left column to the right one sideways. */
function edgeOf({ from, to, isLit }: Link, stations: readonly Station[]): Edge {
  const rowOf = (id: string) => stations.find((station) => station.id === id);
  const [source, target] = [rowOf(from), rowOf(to)];
  const crosses = source?.column !== target?.column;
  // Past a station that was left out, the line would run behind it.
  const skips = !crosses && (target?.row ?? 0) - (source?.row ?? 0) > 1;
  const end = target?.state === 'bad' && to === 'response' ? 'var(--bad)' : 'var(--accent-text)';
  const color = isLit ? end : 'var(--line-strong)';
  return {
    id: `${from}-${to}`,
    source: from,
    target: to,
    sourceHandle: crosses || skips ? 'right' : 'bottom',
    targetHandle: crosses ? 'left' : skips ? 'right' : 'top',
    type: 'smoothstep',
    className: isLit ? (classes.lit ?? '') : (classes.unlit ?? ''),
    style: { stroke: color, strokeWidth: isLit ? 2 : 1, ...(isLit ? {} : { strokeDasharray: '3 4' }) },
    ...(isLit ? { markerEnd: { type: MarkerType.ArrowClosed, color, width: 14, height: 14 } } : {}),
  };
}
