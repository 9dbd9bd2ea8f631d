import { useCallback, useEffect, useRef, useState } from 'react';
import type { LogoUpload } from '../../../../server/contract/stores.ts';
import { checkUpload, type LogoState, readLogoFile } from './logo-state.ts';

export interface Logo {
  readonly state: LogoState;
  choose(file: File): void;
  remove(): void;
  /** Asks the server once more. */
  check(): void;
}

/** A logo that is chosen and checked at once; only the answer about the latest file counts. */
export function useLogo(initial: LogoUpload | null = null): Logo {
  const [state, setState] = useState<LogoState>(() => (initial ? checking(initial) : { kind: 'none' }));
  const turn = useRef(0);
  const follow = useCallback(async (work: () => Promise<LogoState>): Promise<LogoState | null> => {
    turn.current += 1;
    const mine = turn.current;
    const next = await work();
    if (mine !== turn.current) return null;
    setState(next);
    return next;
  }, []);
  const check = useCallback(
    (upload: LogoUpload) => {
      setState(checking(upload));
      void follow(() => checkUpload(upload));
    },
    [follow],
  );
  const choose = useCallback(
    async (file: File) => {
      setState({ kind: 'checking', fileName: file.name, upload: null });
      const read = await follow(() => readLogoFile(file));
      if (read?.kind === 'checking' && read.upload) check(read.upload);
    },
    [follow, check],
  );
  // A draft that was kept has a logo from before.
  const kept = useRef(initial);
  useEffect(() => {
    if (kept.current) check(kept.current);
  }, [check]);
  return {
    state,
    choose: (file) => void choose(file),
    remove: () => {
      turn.current += 1;
      setState({ kind: 'none' });
    },
    check: () => {
      if (state.kind !== 'none' && state.upload) check(state.upload);
    },
  };
}

function checking(upload: LogoUpload): LogoState {
  return { kind: 'checking', fileName: upload.fileName, upload };
}
