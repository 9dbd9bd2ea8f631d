import type { RequestTrace, SqlRecord } from '../../../server/contract/requests.ts';
import { nameStatement } from './sql-text.ts';

/** A stretch of time, in milliseconds since the request began. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** One bar of the timeline. */
export interface WaterfallRow extends Stretch {
  readonly key: string;
  readonly kind: 'span' | 'sql';
  readonly label: string;
  /** How many spans are around it. */
  readonly depth: number;
  /** Milliseconds, what is inside included. */
  readonly totalMs: number;
  /** Milliseconds spent in the span itself, not in what is inside. */
  readonly ownMs: number;
  /** Where its own time lies. */
  readonly own: readonly Stretch[];
  /** False when it was still running as the request ended. */
  readonly hasEnded: boolean;
  readonly statement: SqlRecord | null;
}

export interface Waterfall {
  /** A span before what is inside, siblings by their start. */
  readonly rows: readonly WaterfallRow[];
  /** Where the axis ends, in milliseconds. */
  readonly endMs: number;
}

type Recorded = Pick<RequestTrace, 'spans' | 'sql' | 'durationMs'>;

/** Lays out spans and statements as nested bars on one axis. */
export function layoutWaterfall(trace: Recorded): Waterfall {
  const endMs = endOf(trace);
  const nodes = nodesOf(trace, endMs);
  const childrenOf = new Map<string | null, Node[]>();
  for (const node of nodes) childrenOf.set(node.parent, [...(childrenOf.get(node.parent) ?? []), node]);
  const rows: WaterfallRow[] = [];
  const visit = (node: Node, depth: number) => {
    const children = (childrenOf.get(node.key) ?? []).sort((one, other) => one.startMs - other.startMs);
    rows.push(rowOf(node, children, depth));
    for (const child of children) visit(child, depth + 1);
  };
  for (const root of (childrenOf.get(null) ?? []).sort((one, other) => one.startMs - other.startMs)) visit(root, 0);
  return { rows, endMs };
}

/** Round steps for the axis, 0 included, at most `most` of them below the end. */
export function axisTicks(endMs: number, most = 5): readonly number[] {
  if (!(endMs > 0)) return [0];
  const rough = endMs / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let index = 0; index * step < endMs; index += 1) ticks.push(Number((index * step).toPrecision(12)));
  return ticks;
}

interface Node extends Stretch {
  readonly key: string;
  readonly parent: string | null;
  readonly kind: 'span' | 'sql';
  readonly label: string;
  readonly hasEnded: boolean;
  readonly statement: SqlRecord | null;
}

function nodesOf(trace: Recorded, endMs: number): readonly Node[] {
  // A span comes after the one around it; anything else would nest in circles and stands by itself.
  const keyOf = (parent: number | null, below: number) =>
    parent !== null && parent >= 0 && parent < below ? `span-${parent}` : null;
  const spans = trace.spans.map((span, index) => ({
    key: `span-${index}`,
    parent: keyOf(span.parent, index),
    kind: 'span' as const,
    label: span.name,
    startMs: span.startMs,
    endMs: span.durationMs === null ? endMs : span.startMs + span.durationMs,
    hasEnded: span.durationMs !== null,
    statement: null,
  }));
  const statements = trace.sql.map((statement, index) => ({
    key: `sql-${index}`,
    parent: keyOf(statement.span, trace.spans.length),
    kind: 'sql' as const,
    label: nameStatement(statement.sql),
    startMs: statement.startMs,
    endMs: statement.startMs + statement.durationMs,
    hasEnded: true,
    statement,
  }));
  return [...spans, ...statements];
}

function rowOf(node: Node, children: readonly Node[], depth: number): WaterfallRow {
  const { parent: _parent, ...shown } = node;
  const own = without(node, children);
  return {
    ...shown,
    depth,
    totalMs: node.endMs - node.startMs,
    ownMs: own.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
    own,
  };
}

/** What is left of a stretch when others, sorted by their start, are cut out of it. */
function without(whole: Stretch, parts: readonly Stretch[]): readonly Stretch[] {
  const left: Stretch[] = [];
  let from = whole.startMs;
  for (const part of parts) {
    if (part.startMs > from) left.push({ startMs: from, endMs: Math.min(part.startMs, whole.endMs) });
    from = Math.max(from, part.endMs);
  }
  if (from < whole.endMs) left.push({ startMs: from, endMs: whole.endMs });
  return left;
}

function endOf({ spans, sql, durationMs }: Recorded): number {
  const ends = [...spans, ...sql].map((part) => part.startMs + (part.durationMs ?? 0));
  return Math.max(durationMs ?? 0, ...ends, 0.001);
}
