import type { BackendId } from '../../server/contract/backends.ts';

/** What every benchmark is given. */
export interface BenchRun {
  readonly isQuick: boolean;
  /** Which backends `scale` looks at. */
  readonly backends: readonly BackendId[];
  /** Says how far it is; on standard error. */
  readonly log: (text: string) => void;
}
