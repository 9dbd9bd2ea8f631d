import type { ResultRow } from './report.ts';
import { median } from './statistics.ts';

/** The same things, beginning with another one each round, so that what else the machine does hits all alike. */
export function turnedBy<Item>(items: readonly Item[], round: number): Item[] {
  const start = round % Math.max(1, items.length);
  return [...items.slice(start), ...items.slice(0, start)];
}

/** A row of medians, its ratio the median of the rounds' ratios. @param values one a round, as `baselines` */
export function versus(
  name: string,
  unit: string,
  values: readonly number[],
  baselines: readonly number[],
  baseline: string,
): ResultRow {
  if (values.length === 0) return { name, value: null, unit, note: 'this system does not tell' };
  const ratios = values.map((value, round) => value / (baselines[round] ?? Number.NaN));
  return {
    name,
    value: median(values),
    unit,
    baseline: { name: baseline, value: median(baselines) },
    ratio: median(ratios),
  };
}
