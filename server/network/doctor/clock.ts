import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../contract/doctor.ts';
import { about } from './finding.ts';

const TOLERATED_MS = 5000;
const HOUR_MS = 60 * 60 * 1000;

export interface ClockInput {
  /** Beginnings of certificates that are valid already by their makers' clocks, in milliseconds since 1970. */
  readonly notBefore: readonly number[];
  /** Asks the database server for its time (null: nobody could be asked); null where there is no such server. */
  readonly databaseTime: (() => Promise<number | null>) | null;
  /** When this program's files were written. */
  readonly installedAt: number;
}

/** What the machine says, for tests to replace. */
export interface Clocks {
  readonly now: () => number;
  /** By the counter that nobody sets: the start of the process and what has passed since. */
  readonly steady: () => number;
  /** Of a file that was just written. */
  readonly fileTime: () => Promise<number>;
}

export const realClocks: Clocks = {
  now: () => Date.now(),
  steady: () => performance.timeOrigin + performance.now(),
  async fileTime() {
    const folder = await mkdtemp(join(tmpdir(), 'orion-clock-'));
    try {
      await writeFile(join(folder, 'now'), '');
      return (await stat(join(folder, 'now'))).mtimeMs;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Looks at the clock from every side this machine has; asks nobody outside. */
export async function checkClock(input: ClockInput, clocks: Clocks = realClocks): Promise<Finding[]> {
  const findings = [localClock(input, clocks), await fileClock(clocks)];
  if (input.databaseTime) findings.push(await databaseClock(input.databaseTime, clocks));
  return findings;
}

function localClock({ notBefore, installedAt }: ClockInput, { now, steady }: Clocks): Finding {
  const finding = about('clock', 'clock:local', 'Clock of this machine');
  const at = now();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const details = [`${new Date(at).toISOString()}, time zone ${timeZone}`];
  const fix = { text: 'Set the clock, best by letting the system do it.', command: setClock() };
  const late = notBefore.find((begin) => begin > at);
  if (late !== undefined)
    return finding.failed(`It is ${span(late - at)} before a certificate of this platform begins.`, { details, fix });
  if (at < installedAt - HOUR_MS)
    return finding.failed(`It is ${span(installedAt - at)} before this program was installed.`, { details, fix });
  const jump = at - steady();
  if (jump < -TOLERATED_MS)
    return finding.warning(`It was set back by ${span(-jump)} since the program started.`, {
      details,
      fix: { text: 'Restart the server, so that sessions and links end when they should.' },
    });
  const moved = jump > TOLERATED_MS ? ` The machine slept, or the clock was set, for ${span(jump)}.` : '';
  return finding.ok(`No sign of a wrong time.${moved}`, { details });
}

async function fileClock({ now, fileTime }: Clocks): Promise<Finding> {
  const finding = about('clock', 'clock:files', 'Time of files');
  const before = now();
  const written = await fileTime();
  const off = written < before ? before - written : Math.max(0, written - now());
  if (off <= TOLERATED_MS) return finding.ok('Files get the time of this machine.');
  return finding.warning(`New files are ${span(off)} off this machine's clock.`, {
    fix: { text: 'The disk belongs to another machine, whose clock is wrong. Set that one.' },
  });
}

async function databaseClock(databaseTime: () => Promise<number | null>, { now }: Clocks): Promise<Finding> {
  const finding = about('clock', 'clock:database', 'Clock of the database server');
  const before = now();
  const theirs = await databaseTime().catch(() => null);
  if (theirs === null) return finding.skipped('It could not be asked.');
  const off = theirs < before ? before - theirs : Math.max(0, theirs - now());
  if (off <= TOLERATED_MS) return finding.ok('It agrees with this machine.');
  return finding.warning(`It is ${span(off)} off this machine's clock.`, {
    fix: { text: 'Set the clock of the machine that is wrong; times of orders come from both.' },
  });
}

function setClock(): string | null {
  if (process.platform === 'linux') return 'sudo timedatectl set-ntp true';
  return process.platform === 'win32' ? 'w32tm /resync' : 'sudo sntp -sS time.apple.com';
}

/** `3 days`, `2 h`, `40 s`. */
function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 48 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
