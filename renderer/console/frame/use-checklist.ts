import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useLocation } from 'react-router';
import type { ChecklistStep, Overview } from '../../../server/contract/server.ts';
import { useServerEvent } from '../api/events.tsx';
import { useChange, useRead } from '../api/queries.ts';

/** Ticks the first steps as they are taken, wherever that happens in the console. */
export function useChecklist(): void {
  const { pathname, search } = useLocation();
  const client = useQueryClient();
  const { data } = useRead('overview', {});
  const { mutate } = useChange('saveChecklist', ['overview']);
  const tick = useCallback(
    (step: ChecklistStep) => {
      const known = client.getQueryData<Overview>(['overview', {}])?.checklist;
      if (!known || known.isDismissed || known.done.includes(step)) return;
      mutate({ body: { ...known, done: [...known.done, step] } });
    },
    [client, mutate],
  );
  const isKnown = data !== undefined;
  useEffect(() => {
    const step = isKnown ? stepOfPlace(pathname, search) : null;
    if (step) tick(step);
  }, [pathname, search, tick, isKnown]);
  useServerEvent('store', ({ name }) => {
    if (name === 'created') tick('create-store');
  });
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link && leadsToStore(link.href)) tick('open-store');
    };
    // While it is captured: a link that opens a tab is not followed by React.
    document.addEventListener('click', onClick, { capture: true });
    return () => document.removeEventListener('click', onClick, { capture: true });
  }, [tick]);
}

/** The step that is taken by being at a place. */
export function stepOfPlace(pathname: string, search: string): ChecklistStep | null {
  if (pathname === '/preview') return 'preview';
  if (/^\/requests\/./.test(pathname)) return 'request';
  if (pathname === '/routing' && new URLSearchParams(search).get('url')) return 'what-if';
  return null;
}

function leadsToStore(href: string): boolean {
  return URL.canParse(href) && new URL(href).host !== location.host && /^https?:/.test(href);
}
