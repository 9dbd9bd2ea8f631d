import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { readWhatIf, type WhatIf, writeWhatIf } from './what-if.ts';

/** How long typing has to pause before it is asked, in milliseconds. */
const PAUSE_MS = 150;

interface WhatIfForm {
  /** What stands in the fields. */
  readonly form: WhatIf;
  /** What is asked: the fields after a pause, or what a link named. */
  readonly asked: WhatIf;
  readonly change: (change: Partial<WhatIf>) => void;
}

/** The fields of the what-if box. The screen's address follows them, and they follow it when a link changes it. */
export function useWhatIf(): WhatIfForm {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const asked = readWhatIf(params);
  const address = writeWhatIf(asked);
  const [form, setForm] = useState(asked);
  const written = useRef(address);
  const write = useDebouncedCallback((next: WhatIf) => {
    written.current = writeWhatIf(next);
    void navigate({ search: written.current }, { replace: true });
  }, PAUSE_MS);
  useEffect(() => {
    if (address === written.current) return;
    written.current = address;
    write.cancel();
    setForm(readWhatIf(new URLSearchParams(address)));
  }, [address, write]);
  const change = (part: Partial<WhatIf>) => {
    const next = { ...form, ...part };
    setForm(next);
    write(next);
  };
  return { form, asked, change };
}
