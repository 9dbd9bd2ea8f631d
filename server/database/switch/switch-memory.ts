/** What the platform remembers of moves, in one setting of its database. It belongs to the platform and moves along. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { backendId, switchStatus } from '../../contract/backends.ts';
import type { PlatformDatabase } from '../platform-database.ts';

const SETTING = 'backend_switches';
const HISTORY_KEPT = 50;

const switchMemory = z.object({
  /** Made once; tells a place that holds this platform from one that holds another. */
  platformId: z.string(),
  /** The move that runs. Found at a start, it was cut short. */
  running: switchStatus.nullable(),
  /** What a move left in its target that has not come into force. */
  unfinished: z
    .object({
      to: backendId,
      place: z.string(),
      /** After a crash, what was copied is used again. */
      canContinue: z.boolean(),
      /** Stores that may be there. */
      stores: z.array(z.object({ id: z.int(), code: z.string(), schemaName: z.string() })),
    })
    .nullable(),
  /** The latest first. */
  history: z.array(switchStatus),
  /** Backends that were in force and still hold what they held. */
  kept: z.array(z.object({ backend: backendId, place: z.string(), label: z.string(), since: z.number() })),
});

export type SwitchMemory = Readonly<z.infer<typeof switchMemory>>;
export type KeptBackend = SwitchMemory['kept'][number];

/** Reads what is remembered; null when this platform has never moved. */
export async function readMemory(platform: PlatformDatabase): Promise<SwitchMemory | null> {
  const parsed = switchMemory.safeParse(await platform.readSetting(SETTING));
  return parsed.success ? parsed.data : null;
}

export function newMemory(): SwitchMemory {
  return { platformId: randomUUID(), running: null, unfinished: null, history: [], kept: [] };
}

export async function writeMemory(platform: PlatformDatabase, memory: SwitchMemory): Promise<void> {
  await platform.writeSetting(SETTING, { ...memory, history: memory.history.slice(0, HISTORY_KEPT) });
}

/** Changes parts of what is remembered; the rest stays as it is. */
export function remember(platform: PlatformDatabase, changes: Partial<SwitchMemory>): Promise<SwitchMemory> {
  return platform.transaction(async (inside) => {
    const memory = { ...((await readMemory(inside)) ?? newMemory()), ...changes };
    await writeMemory(inside, memory);
    return memory;
  });
}
