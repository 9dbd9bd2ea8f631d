import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessLink } from '../database/shared-state.ts';

/** So long the database may take to notice that a process was killed. */
const LOOKS = 10;
const BETWEEN_MS = 100;

/** Whether no other process serves the platform. Looks again for a second: one that has just died still counts for a moment. */
export async function isAlone(
  processes: Pick<ProcessLink, 'otherProcesses'>,
  betweenMs: number = BETWEEN_MS,
): Promise<boolean> {
  for (let look = 1; ; look += 1) {
    if ((await processes.otherProcesses()) === 0) return true;
    if (look === LOOKS) return false;
    await pause(betweenMs);
  }
}
