import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const BENCHMARKS = ['catalogue', 'start', 'create', 'memory', 'console', 'profile'] as const;
export type BenchmarkName = (typeof BENCHMARKS)[number];

export interface BenchOptions {
  /** What to run; `profile` only when it is named. */
  readonly names: readonly BenchmarkName[];
  /** A short run that shows only whether the benchmarks work. */
  readonly isQuick: boolean;
  /** File for the results as JSON. */
  readonly out: string | null;
}

export const USAGE = `npm run bench -- [--only ${BENCHMARKS.join('|')}]... [--quick] [--out FILE]`;

/** @throws {TypeError} saying which argument is wrong */
export function readOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  for (const name of values.only ?? []) {
    if (!isBenchmark(name)) throw new TypeError(`There is no benchmark "${name}". There are ${BENCHMARKS.join(', ')}.`);
  }
  const named = values.only?.filter(isBenchmark);
  return {
    names: named ?? BENCHMARKS.filter((name) => name !== 'profile'),
    isQuick: values.quick,
    out: values.out === undefined ? null : resolve(values.out),
  };
}

function isBenchmark(name: string): name is BenchmarkName {
  return (BENCHMARKS as readonly string[]).includes(name);
}
