import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { MAX_HAR_BYTES } from '../../../../server/contract/inspect.ts';
import type { OperationOutput } from '../../../../server/contract/operations.ts';
import { count, formatBytes } from '../../../shared/format.ts';
import { notifyDone } from '../../../shared/notify.tsx';
import { call } from '../../api/client.ts';
import { readHar } from './read-har.ts';

export type ImportState =
  | { readonly step: 'idle' }
  | { readonly step: 'reading' | 'sending'; readonly file: string; readonly bytes: number }
  | { readonly step: 'failed'; readonly file: string; readonly message: string }
  | { readonly step: 'partly'; readonly file: string; readonly result: OperationOutput<'importHar'> };

/** Reads a HAR file and gives its requests to the server; `show` is offered when they are there. */
export function useHarImport(show: () => void) {
  const [state, setState] = useState<ImportState>({ step: 'idle' });
  const client = useQueryClient();
  const stopping = useRef<AbortController | null>(null);
  const start = useCallback(
    async (file: File) => {
      const stop = new AbortController();
      stopping.current = stop;
      const named = { file: file.name, bytes: file.size };
      try {
        setState({ step: 'reading', ...named });
        if (file.size > MAX_HAR_BYTES)
          throw new Error(`It has ${formatBytes(file.size)}; at most ${formatBytes(MAX_HAR_BYTES)} are read.`);
        const body = readHar(await file.text());
        if (stop.signal.aborted) return;
        setState({ step: 'sending', ...named });
        const result = await call('importHar', { body }, stop.signal);
        await client.invalidateQueries({ queryKey: ['listRequests'] });
        if (result.skipped.length > 0) return setState({ step: 'partly', file: file.name, result });
        setState({ step: 'idle' });
        notifyDone(`${count(result.imported, 'request')} read from ${file.name}`, { label: 'Show them', run: show });
      } catch (error) {
        if (stop.signal.aborted) return;
        setState({ step: 'failed', file: file.name, message: error instanceof Error ? error.message : String(error) });
      }
    },
    [client, show],
  );
  const dismiss = () => {
    stopping.current?.abort();
    setState({ step: 'idle' });
  };
  return { state, start, dismiss };
}
