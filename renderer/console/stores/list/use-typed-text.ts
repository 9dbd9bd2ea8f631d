import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

const ADDRESS_DELAY_MS = 200;

/**
 * A text that acts while it is typed and reaches the address a moment later: changing the address with every letter
 * would cost more than the filter itself.
 * @param known what the address says; it may change by itself, as by the browser's back button
 */
export function useTypedText(known: string, write: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(known);
  const [before, setBefore] = useState(known);
  const [written, setWritten] = useState(known);
  const writeLater = useDebouncedCallback((text: string) => {
    setWritten(text);
    write(text);
  }, ADDRESS_DELAY_MS);
  if (known !== before) {
    setBefore(known);
    // What was written from here is no news: more may have been typed since.
    if (known !== written) setTyped(known);
  }
  const type = (text: string) => {
    setTyped(text);
    writeLater(text);
  };
  return [typed, type];
}
