import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { vi } from 'vitest';
import {
  type OperationInput,
  type OperationName,
  type OperationOutput,
  operations,
} from '../../server/contract/operations.ts';
import { EventsProvider } from '../console/api/events.tsx';
import { createQueryClient } from '../console/api/queries.ts';
import { theme } from '../shared/theme.ts';
import { FakeEventSource } from './fake-event-source.ts';

// On a busy machine things take longer than the second that is waited for by default; what comes sooner is not waited for.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

/** Answers by operation; a `Response` is sent as it is, anything else as JSON. What is missing answers 404. */
export type FakeAnswers = {
  readonly [Name in OperationName]?: (
    input: OperationInput<Name>,
  ) => OperationOutput<Name> | Response | Promise<OperationOutput<Name> | Response>;
};

interface Options {
  readonly operations?: FakeAnswers;
  /** Where the console is, such as `/stores?q=tech`. */
  readonly at?: string;
}

/** Renders a part of the console with a server that answers as told; only the network is fake. */
export function renderInConsole(ui: ReactNode, { operations: answers = {}, at = '/' }: Options = {}) {
  installBrowserParts();
  vi.stubGlobal('EventSource', FakeEventSource);
  vi.stubGlobal('fetch', (url: string, init: RequestInit = {}) => answer(answers, url, init));
  return render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={createQueryClient()}>
        <EventsProvider>
          <MemoryRouter initialEntries={[at]}>{ui}</MemoryRouter>
        </EventsProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

/** A refusal as the server sends it. */
export function problemResponse(
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): Response {
  const body = {
    type: `urn:orion:problem:${code}`,
    title: 'Refused',
    status,
    code,
    detail,
    instance: '/',
    requestId: 'test',
    ...more,
  };
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } });
}

async function answer(answers: FakeAnswers, url: string, init: RequestInit): Promise<Response> {
  const { pathname, searchParams } = new URL(url, 'http://admin.localhost');
  for (const [name, { method, path }] of Object.entries(operations)) {
    const found = answers[name as OperationName] as ((input: unknown) => unknown) | undefined;
    const params = method.toUpperCase() === (init.method ?? 'GET') ? paramsOf(path, pathname) : null;
    if (!found || !params) continue;
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
    const result = await found({ params, query: Object.fromEntries(searchParams), body });
    return result instanceof Response ? result : Response.json(result);
  }
  return problemResponse(404, 'not_found', `No fake answer for ${init.method ?? 'GET'} ${pathname}.`);
}

/** The values of a path's parameters, or null when the path is another one. */
function paramsOf(pattern: string, pathname: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split('/');
  const given = pathname.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return params;
}

/** What Mantine needs of a browser and jsdom does not have. */
function installBrowserParts(): void {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  Element.prototype.scrollIntoView = () => undefined;
}
