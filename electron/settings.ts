import type { DesktopSettings } from './bridge.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

export const DEFAULT_SETTINGS: DesktopSettings = { keepServerRunning: false };

/** What the user chose, in a file of the shell's own folder. */
export class Settings {
  readonly #file: string;
  #current: DesktopSettings;

  constructor(file: string) {
    this.#file = file;
    this.#current = { ...DEFAULT_SETTINGS, ...readJsonFile(file, settingsFrom) };
  }

  get(): DesktopSettings {
    return this.#current;
  }

  /**
   * Changes what is named and keeps it.
   * @param change from a page, so anything
   * @throws {TypeError} when it is not a change of settings; nothing is changed then
   */
  set(change: unknown): DesktopSettings {
    const checked = settingsFrom(change);
    if (checked === null) throw new TypeError('Settings are an object; keepServerRunning is true or false.');
    const next = { ...this.#current, ...checked };
    writeJsonFile(this.#file, next);
    this.#current = next;
    return next;
  }
}

/** The settings that a content names; null when one of them is not what it should be. Others are left out. */
function settingsFrom(content: unknown): Partial<DesktopSettings> | null {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return null;
  const { keepServerRunning } = content as { readonly keepServerRunning?: unknown };
  if (keepServerRunning === undefined) return {};
  return typeof keepServerRunning === 'boolean' ? { keepServerRunning } : null;
}
