import { useCallback } from 'react';
import { notifyDone, notifyFailed } from '../../shared/notify.tsx';
import { call } from '../api/client.ts';

export type CopyFormat = 'curl' | 'fetch' | 'report';

export const COPY_WORDS: Readonly<Record<CopyFormat, string>> = {
  curl: 'cURL command',
  fetch: 'fetch call',
  report: 'Bug report',
};

/** Gives the function that copies a request as a command, as code or as a bug report, and says so. */
export function useCopyRequest(): (requestId: string, format: CopyFormat) => Promise<void> {
  return useCallback(async (requestId, format) => {
    try {
      const { text } = await call('copyRequest', { params: { id: requestId }, query: { format } });
      await navigator.clipboard.writeText(text);
      notifyDone(`${COPY_WORDS[format]} copied`);
    } catch (error) {
      notifyFailed('Nothing was copied', error as Error);
    }
  }, []);
}
