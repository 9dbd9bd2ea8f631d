import type { AppContext } from '../context.ts';
import type { RequestTrace } from './trace.ts';

const AREAS: ReadonlySet<string> = new Set(['storefront', 'store', 'api']);

/**
 * Tells browsers' developer tools where the time went, as far as it is known before the answer leaves: all of it, finding
 * the store, the database, the theme's settings, and the page itself. On answers of stores alone.
 * Source: W3C, "Server Timing".
 */
export function setServerTiming(ctx: AppContext, trace: RequestTrace, totalMs: number): void {
  if (ctx.headerSent || trace.area === null || !AREAS.has(trace.area) || trace.outcome === 'admin') return;
  ctx.set('Server-Timing', serverTiming(trace, totalMs));
}

/** The value of the header. */
export function serverTiming(trace: RequestTrace, totalMs: number): string {
  let databaseMs = 0;
  for (const { durationMs } of trace.sql) databaseMs += durationMs;
  const { length } = trace.sql;
  const entries = [
    entry('total', totalMs),
    `${entry('database', databaseMs)};desc="${length} statement${length === 1 ? '' : 's'}"`,
  ];
  for (let index = 0; index < trace.spans.length; index += 1) {
    const span = trace.spans[index];
    if (span?.name === 'host-guard') entries.push(entry('resolve', ownMs(trace, index)));
    else if (span?.name === 'theme') entries.push(entry('theme', ownMs(trace, index)));
    else if (span?.name === 'area')
      entries.push(entry('page', Math.max(0, (span.durationMs ?? 0) - sqlWithin(trace, index))));
  }
  return entries.join(', ');
}

function entry(name: string, ms: number): string {
  return `${name};dur=${Math.round(ms * 100) / 100}`;
}

/** A middleware's own time, before it hands on to the next. */
function ownMs(trace: RequestTrace, index: number): number {
  const span = trace.spans[index];
  if (!span) return 0;
  const inner = trace.spans.find(({ parent }) => parent === index);
  return inner ? inner.startMs - span.startMs : (span.durationMs ?? 0);
}

function sqlWithin(trace: RequestTrace, index: number): number {
  let ms = 0;
  for (const { span, durationMs } of trace.sql) if (span !== null && span >= index) ms += durationMs;
  return ms;
}
