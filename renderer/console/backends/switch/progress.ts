/** How far a move is, in numbers and words. */
import { SWITCH_PHASES, type SwitchStatus } from '../../../../server/contract/backends.ts';

type Phase = SwitchStatus['phase'];

export interface ShownPhase {
  readonly phase: Phase;
  readonly label: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
}

const LABELS: Readonly<Record<Phase, string>> = {
  plan: 'Plan',
  copy: 'Copy',
  wait: 'Hold writes',
  verify: 'Verify',
  flip: 'Change over',
};

/** What a phase does, in a sentence. */
export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  plan: 'Counting what has to be moved.',
  copy: 'Stores are copied while they stay open: shoppers read and order as before.',
  wait: 'Writes wait from here on, and what was written since the copy is copied again.',
  verify: 'Rows and content of every table are compared. Writes still wait.',
  flip: 'One pointer changes, then writes go on at the new backend.',
};

/** The phases in their order, each with its state. */
export function phasesOf(status: Pick<SwitchStatus, 'phase' | 'state'>): readonly ShownPhase[] {
  const at = SWITCH_PHASES.indexOf(status.phase);
  const isRunning = status.state === 'running';
  return SWITCH_PHASES.map((phase, index) => ({
    phase,
    label: LABELS[phase],
    state: status.state === 'done' || index < at ? 'done' : index > at ? 'waiting' : isRunning ? 'running' : 'failed',
  }));
}

/** Whole percent by rows; by stores where there are no rows. 100 only when it is done. */
export function percentOf(status: SwitchStatus): number {
  if (status.state === 'done') return 100;
  const [done, total] =
    status.rowsTotal > 0 ? [status.rowsDone, status.rowsTotal] : [status.storesDone, status.storesTotal];
  return total > 0 ? Math.min(99, Math.floor((100 * done) / total)) : 0;
}

/** How long it took, or has taken so far; milliseconds. */
export function elapsedOf(status: Pick<SwitchStatus, 'startedAt' | 'finishedAt'>, now: number): number {
  return Math.max(0, (status.finishedAt ?? now) - status.startedAt);
}

/** `120 ms`, `42 s`, `3 min 20 s`, `1 h 4 min`: how long something took. */
export function formatElapsed(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What the tab of the browser says while a move runs. */
export function tabTitle(status: SwitchStatus | null): string {
  return status ? `${percentOf(status)} % · moving to ${status.to}` : 'Backends';
}
