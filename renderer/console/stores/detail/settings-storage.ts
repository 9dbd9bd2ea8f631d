import { z } from 'zod';
import { logoUpload } from '../../../../server/contract/stores.ts';
import { changedFields, type SettingsForm } from './settings-form.ts';

const keptForm = z.object({
  base: z.object({ name: z.string(), color: z.string(), logoUrl: z.string().nullable(), version: z.int() }),
  values: z.object({
    name: z.string(),
    color: z.string(),
    logo: z.union([z.literal('keep'), z.literal('remove'), logoUpload]),
  }),
});

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What was typed into a store's settings and not saved, or null. Leaving the screen or a crash loses nothing. */
export function loadSettings(storage: Store, storeId: number): SettingsForm | null {
  try {
    const kept = keptForm.safeParse(JSON.parse(storage.getItem(keyOf(storeId)) ?? 'null'));
    return kept.success ? { ...kept.data, conflicts: [], followed: [] } : null;
  } catch {
    return null;
  }
}

/** Keeps what was typed, or forgets it when nothing differs from the store. */
export function saveSettings(storage: Store, storeId: number, { base, values }: SettingsForm): void {
  const key = keyOf(storeId);
  try {
    if (changedFields({ base, values }).length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify({ base, values }));
  } catch {
    // Full or turned off: what was typed lives as long as the screen.
  }
}

function keyOf(storeId: number): string {
  return `orion-store-settings-${storeId}`;
}
