import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BACKEND_IDS, type BackendId } from '../../server/contract/backends.ts';

export const BENCHMARKS = [
  'catalogue',
  'backends',
  'start',
  'create',
  'switch',
  'scale',
  'memory',
  'console',
  'inspector',
  'profile',
] as const;
export type BenchmarkName = (typeof BENCHMARKS)[number];

export interface BenchOptions {
  /** What to run; `profile` only when it is named. */
  readonly names: readonly BenchmarkName[];
  /** A short run that shows only whether the benchmarks work. */
  readonly isQuick: boolean;
  /** Which backends `scale` looks at. */
  readonly backends: readonly BackendId[];
  /** File for the results as JSON. */
  readonly out: string | null;
}

export const USAGE = `npm run bench -- [--only ${BENCHMARKS.join('|')}]... [--quick] [--out FILE]
  [--backend ${BACKEND_IDS.join('|')}]...   for scale, which takes long on some`;

/** @throws {TypeError} saying which argument is wrong */
export function readOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string', multiple: true },
      backend: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  for (const name of values.only ?? []) {
    if (!isBenchmark(name)) throw new TypeError(`There is no benchmark "${name}". There are ${BENCHMARKS.join(', ')}.`);
  }
  for (const id of values.backend ?? []) {
    if (!isBackend(id)) throw new TypeError(`There is no backend "${id}". There are ${BACKEND_IDS.join(', ')}.`);
  }
  const named = values.only?.filter(isBenchmark);
  return {
    names: named ?? BENCHMARKS.filter((name) => name !== 'profile'),
    isQuick: values.quick,
    backends: values.backend?.filter(isBackend) ?? BACKEND_IDS,
    out: values.out === undefined ? null : resolve(values.out),
  };
}

function isBenchmark(name: string): name is BenchmarkName {
  return (BENCHMARKS as readonly string[]).includes(name);
}

function isBackend(id: string): id is BackendId {
  return (BACKEND_IDS as readonly string[]).includes(id);
}
