import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { isPlainKey } from '../../shared/keys.ts';
import { consolePages } from '../pages.ts';

/** How long after `g` the second key counts. */
const CHORD_MS = 2500;

/** The keys of the frame: `g` then a letter, `/` to the filter, `?` to the list of keys. */
export function useShortcuts({ showKeys }: { readonly showKeys: () => void }): void {
  const navigate = useNavigate();
  const chordSince = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event)) return;
      const page = consolePages.find(({ key }) => key === event.key);
      if (page && Date.now() - chordSince.current < CHORD_MS) {
        chordSince.current = 0;
        event.preventDefault();
        event.stopImmediatePropagation();
        void navigate(page.path);
      } else if (event.key === 'g') {
        chordSince.current = Date.now();
      } else if (event.key === '?') {
        showKeys();
      } else if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('input[data-filter-input]');
        if (!field) return;
        event.preventDefault();
        field.focus();
        field.select();
      }
    };
    // Before the screens' own keys: the second key of a chord is the frame's.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [navigate, showKeys]);
}
