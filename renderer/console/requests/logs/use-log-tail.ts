import { useEffect, useState } from 'react';
import type { LogLine } from '../../../../server/contract/requests.ts';
import { call } from '../../api/client.ts';
import { useServerEvent } from '../../api/events.tsx';
import { appended, MOST_LINES } from './log-tail.ts';

export interface LogFilter {
  readonly store?: string;
  readonly level?: LogLine['level'];
  readonly text?: string;
}

/** How long one question waits for a line. */
const WAIT_MS = 20_000;
/** Between two questions: lines that come in a row are one answer. */
const PAUSE_MS = 400;
/** After a failure. */
const RETRY_MS = 3000;

interface LogTail {
  readonly lines: readonly LogLine[];
  readonly isLoading: boolean;
  readonly error: Error | null;
}

const EMPTY: LogTail = { lines: [], isLoading: true, error: null };

/** The log as it is written: the newest lines that match, then every line that comes. `isOn` false: none is asked for. */
export function useLogTail({ store, level, text }: LogFilter, isOn: boolean): LogTail & { readonly clear: () => void } {
  const [tail, setTail] = useState(EMPTY);
  const [generation, setGeneration] = useState(0);
  // Numbers of lines begin anew with the server.
  useServerEvent('reset', () => setGeneration((now) => now + 1));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the generation is what makes it start anew.
  useEffect(() => {
    if (!isOn) return;
    const stop = new AbortController();
    const filter = { ...(store ? { store } : {}), ...(level ? { level } : {}), ...(text ? { text } : {}) };
    setTail((now) => ({ ...now, isLoading: true }));
    void follow(filter, stop.signal, setTail);
    return () => stop.abort();
  }, [store, level, text, isOn, generation]);
  return { ...tail, clear: () => setTail((now) => ({ ...now, lines: [] })) };
}

type Show = (change: (now: LogTail) => LogTail) => void;

/** Asks again and again until it is stopped. */
async function follow(filter: LogFilter, signal: AbortSignal, show: Show): Promise<void> {
  let after: number | undefined;
  while (!signal.aborted) {
    const waiting = after === undefined ? {} : { after, waitMs: WAIT_MS };
    try {
      const { lines, newest } = await call('listLogs', { query: { ...filter, ...waiting, limit: MOST_LINES } }, signal);
      const isFirst = after === undefined;
      after = newest;
      show((now) => ({ lines: appended(isFirst ? [] : now.lines, lines), isLoading: false, error: null }));
      await pause(PAUSE_MS, signal);
    } catch (error) {
      if (signal.aborted) return;
      show((now) => ({ ...now, isLoading: false, error: error as Error }));
      await pause(RETRY_MS, signal);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(stop, milliseconds);
    signal.addEventListener('abort', stop);
  });
}
