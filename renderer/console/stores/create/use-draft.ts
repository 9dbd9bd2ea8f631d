import { useCallback, useEffect, useState } from 'react';
import { uploadOf } from '../logo/logo-state.ts';
import { type Logo, useLogo } from '../logo/use-logo.ts';
import { type Draft, EMPTY_DRAFT, isDirty } from './draft.ts';
import { clearDraft, loadDraft, saveDraft, saveLogo } from './draft-storage.ts';

export interface DraftForm {
  readonly draft: Draft;
  readonly logo: Logo;
  readonly isDirty: boolean;
  change(part: Partial<Draft>): void;
  /** Forgets what was typed, here and in the storage. */
  discard(): void;
}

/** The form's content. It outlives closing the form, a reload and a crash. */
export function useDraft(): DraftForm {
  const [kept] = useState(() => loadDraft(sessionStorage));
  const [draft, setDraft] = useState(kept.draft);
  const logo = useLogo(kept.logo);
  useEffect(() => saveDraft(sessionStorage, draft), [draft]);
  const upload = uploadOf(logo.state) ?? null;
  const isSettled = logo.state.kind !== 'checking' || upload !== null;
  useEffect(() => {
    if (isSettled) saveLogo(sessionStorage, upload);
  }, [upload, isSettled]);
  const change = useCallback((part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part })), []);
  const removeLogo = logo.remove;
  const discard = useCallback(() => {
    setDraft(EMPTY_DRAFT);
    removeLogo();
    clearDraft(sessionStorage);
  }, [removeLogo]);
  return {
    draft,
    logo,
    isDirty: isDirty(draft) || logo.state.kind !== 'none',
    change,
    discard,
  };
}
