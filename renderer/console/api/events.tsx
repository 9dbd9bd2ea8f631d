import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { EventName, EventPayload } from '../../../server/contract/events.ts';
import type { OperationName } from '../../../server/contract/operations.ts';
import { applySwitch } from './apply-switch.ts';
import { type ConnectionState, EventStream } from './event-stream.ts';

/** What has to be read again when something has changed. */
const READS: Readonly<Record<EventPayload<'changed'>['what'], readonly OperationName[]>> = {
  hosts: ['hosts'],
  domains: ['storeDomains', 'domainGuide', 'rehearsalDns', 'hosts', 'certificates', 'routes'],
  rehearsal: ['rehearsalDns'],
  certificates: ['certificates', 'domainGuide'],
  pac: ['pac'],
  inspector: ['inspector'],
  filters: ['savedFilters'],
};

const StreamContext = createContext<EventStream | null>(null);

/** Keeps the event stream open and marks as stale what the events announce. */
export function EventsProvider({ children }: { readonly children: ReactNode }) {
  const [stream] = useState(() => new EventStream());
  const client = useQueryClient();
  useEffect(() => {
    const stale = (...names: string[]) => {
      for (const name of names) void client.invalidateQueries({ queryKey: [name] });
    };
    const ends = [
      stream.on('reset', () => void client.invalidateQueries()),
      stream.on('store', () => stale('listStores', 'getStore', 'listDeletedStores', 'overview', 'hosts', 'routes')),
      stream.on('changed', ({ what }) => stale(...READS[what])),
      stream.on('switch', (status) => applySwitch(client, status)),
    ];
    const stop = stream.start();
    return () => {
      for (const end of ends) end();
      stop();
    };
  }, [stream, client]);
  return <StreamContext.Provider value={stream}>{children}</StreamContext.Provider>;
}

/** Calls `listener` for every event of a kind while the component is shown. */
export function useServerEvent<Name extends EventName>(name: Name, listener: (data: EventPayload<Name>) => void): void {
  const stream = useStream();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => stream.on(name, (data) => latest.current(data)), [stream, name]);
}

/** How the connection to the server is right now. */
export function useConnection(): ConnectionState {
  const stream = useStream();
  return useSyncExternalStore(
    (listener) => stream.onState(listener),
    () => stream.state,
  );
}

/** Gives the function that connects again after a session has ended; what is shown is read anew, nothing else changes. */
export function useReconnect(): () => void {
  const stream = useStream();
  return () => stream.open();
}

function useStream(): EventStream {
  const stream = useContext(StreamContext);
  if (!stream) throw new Error('useServerEvent and useConnection need an EventsProvider around them');
  return stream;
}
