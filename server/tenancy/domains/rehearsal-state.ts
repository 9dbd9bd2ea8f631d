import { isIPv4, isIPv6 } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type addRecordInput, type RehearsalRecord, rehearsalRecord, scenario } from '../../contract/domains.ts';
import type { PlatformDatabase } from '../../database/platform-database.ts';
import type { Fault } from '../../errors.ts';

const SETTING = 'domains.rehearsal';
const MAX_TXT = 4000;
export const MAX_RECORDS = 200;
const NAME = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

const rehearsalState = z.object({
  /** Null: what the mode of the server says. */
  resolver: z.enum(['system', 'rehearsal']).nullable(),
  delayMs: z.int().min(0),
  records: z.array(rehearsalRecord),
  /** Scenarios by domain. */
  playing: z.record(z.string(), scenario),
});

/** What of the rehearsal is kept: it survives a restart and moves with the platform. */
export type RehearsalState = Readonly<z.infer<typeof rehearsalState>>;

const EMPTY: RehearsalState = { resolver: null, delayMs: 0, records: [], playing: {} };

export async function readRehearsal(platform: PlatformDatabase): Promise<RehearsalState> {
  // What another version wrote may be in another form: then it begins anew.
  return rehearsalState.safeParse(await platform.readSetting(SETTING)).data ?? EMPTY;
}

/** Changes what is kept, all or nothing. */
export function changeRehearsal(
  platform: PlatformDatabase,
  change: (state: RehearsalState) => RehearsalState,
): Promise<void> {
  return platform.transaction(async (inside) => {
    await inside.writeSetting(SETTING, change(await readRehearsal(inside)));
  });
}

/** A record as it is kept, with everything that is wrong with it. */
export function readRecord(input: z.output<typeof addRecordInput>): { record: RehearsalRecord; faults: Fault[] } {
  const name = withoutDot(input.name);
  const value = input.type === 'TXT' ? input.value : withoutDot(input.value);
  const faults: Fault[] = [];
  if (!NAME.test(name))
    faults.push({ field: 'name', message: `"${input.name.slice(0, 80)}" is not a name in the DNS` });
  const fault = valueFault(input.type, value);
  if (fault !== null) faults.push({ field: 'value', message: fault });
  return { record: { ...input, name, value, id: uuidv7() }, faults };
}

function valueFault(type: RehearsalRecord['type'], value: string): string | null {
  switch (type) {
    case 'A':
      return isIPv4(value) ? null : 'must be an IPv4 address such as 127.0.0.1';
    case 'AAAA':
      return isIPv6(value) ? null : 'must be an IPv6 address such as ::1';
    case 'TXT':
      return value !== '' && Buffer.byteLength(value) <= MAX_TXT ? null : `must be a text of 1 to ${MAX_TXT} bytes`;
    default:
      return NAME.test(value) ? null : 'must be a name such as shop.example.com';
  }
}

function withoutDot(text: string): string {
  return text.trim().toLowerCase().replace(/\.$/, '');
}
