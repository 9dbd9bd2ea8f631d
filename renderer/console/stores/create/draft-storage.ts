import { z } from 'zod';
import type { LogoUpload } from '../../../../server/contract/stores.ts';
import { type Draft, draftShape, EMPTY_DRAFT } from './draft.ts';

/** Under which names of the session's storage the draft and its logo lie. */
const DRAFT_KEY = 'orion-new-store';
const LOGO_KEY = 'orion-new-store-logo';

const keptLogo = z.object({ fileName: z.string(), data: z.string() });

/** The part of the browser's storage that is used. */
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What survives a reload or a crash of the page. */
export interface KeptDraft {
  readonly draft: Draft;
  readonly logo: LogoUpload | null;
}

/** Reads what was kept; what is missing or unreadable counts as not typed. */
export function loadDraft(storage: Store): KeptDraft {
  const draft = draftShape.safeParse(readJson(storage, DRAFT_KEY));
  const logo = keptLogo.safeParse(readJson(storage, LOGO_KEY));
  return { draft: draft.success ? draft.data : EMPTY_DRAFT, logo: logo.success ? logo.data : null };
}

/** Keeps what was typed. */
export function saveDraft(storage: Store, draft: Draft): void {
  write(storage, DRAFT_KEY, JSON.stringify(draft));
}

/** Keeps the logo, or forgets it. One that is too large for the storage is not kept. */
export function saveLogo(storage: Store, logo: LogoUpload | null): void {
  if (logo === null || !write(storage, LOGO_KEY, JSON.stringify(logo))) remove(storage, LOGO_KEY);
}

/** Forgets everything. */
export function clearDraft(storage: Store): void {
  remove(storage, DRAFT_KEY);
  remove(storage, LOGO_KEY);
}

function readJson(storage: Store, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** False when the storage is full or turned off: the draft then lives as long as the page. */
function write(storage: Store, key: string, text: string): boolean {
  try {
    storage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

function remove(storage: Store, key: string): void {
  try {
    storage.removeItem(key);
  } catch {
    // Nothing was kept there either.
  }
}
