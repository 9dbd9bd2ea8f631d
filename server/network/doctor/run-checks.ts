import type { Finding } from '../../contract/doctor.ts';
import { about, type Group } from './finding.ts';

/** Looks at some things; may throw, may hang: the report stands all the same. */
export interface Check {
  readonly group: Group;
  /** What is looked at, as `certificates and trust`. */
  readonly name: string;
  readonly run: () => Promise<readonly Finding[]>;
}

const TIMEOUT_MS = 15_000;

/** Runs every check at the same time; one that throws or takes too long becomes a finding of its own. */
export async function runChecks(checks: readonly Check[], timeoutMs = TIMEOUT_MS): Promise<Finding[]> {
  const found = await Promise.all(checks.map((check) => runCheck(check, timeoutMs)));
  return found.flat();
}

async function runCheck({ group, name, run }: Check, timeoutMs: number): Promise<readonly Finding[]> {
  const finding = about(group, `check:${name.replaceAll(' ', '-')}`, name);
  try {
    const found = await within(run(), timeoutMs);
    if (found !== LATE) return found;
    return [
      finding.warning(`This was not known within ${timeoutMs / 1000} s.`, {
        fix: { text: 'Look again; when it stays so, what was asked for hangs: a network drive, or a busy machine.' },
      }),
    ];
  } catch (error) {
    return [
      finding.failed(`This could not be looked at: ${(error as Error)?.message ?? String(error)}`, {
        details: ((error as Error)?.stack ?? '').split('\n').slice(0, 6),
      }),
    ];
  }
}

export const LATE = Symbol('late');

/** The result, or `LATE`. */
export async function within<Result>(work: Promise<Result>, ms: number): Promise<Result | typeof LATE> {
  const { promise, resolve } = Promise.withResolvers<typeof LATE>();
  const timer = setTimeout(() => resolve(LATE), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
