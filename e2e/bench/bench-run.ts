/** What every benchmark is given. */
export interface BenchRun {
  readonly isQuick: boolean;
  /** Says how far it is; on standard error. */
  readonly log: (text: string) => void;
}
