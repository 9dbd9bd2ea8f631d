import { type Checklist, checklist } from '../contract/server.ts';

/** The platform's settings, in its database. */
export interface PlatformSettings {
  /** A value kept under a name, or undefined. */
  readSetting(name: string): Promise<unknown>;
  writeSetting(name: string, value: unknown): Promise<void>;
}

const NAME = 'console.checklist';

/** What of the first-run checklist is done. */
export async function readChecklist(settings: PlatformSettings): Promise<Checklist> {
  // What another version wrote may have steps that are not known here: then it begins anew.
  const kept = checklist.safeParse(await settings.readSetting(NAME));
  return kept.success ? kept.data : { done: [], isDismissed: false };
}

/** Keeps a checklist; returns it with each step named once. */
export async function saveChecklist(settings: PlatformSettings, { done, isDismissed }: Checklist): Promise<Checklist> {
  const saved = { done: [...new Set(done)], isDismissed };
  await settings.writeSetting(NAME, saved);
  return saved;
}
