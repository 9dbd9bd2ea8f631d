// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { Resolution } from '../../../server/contract/requests.ts';
import { FakeEventSource } from '../../testing/fake-event-source.ts';
import { problemResponse, renderInConsole } from '../../testing/render.tsx';
import { buildSummary } from '../requests/build-request.ts';
import { buildResolution } from './build-resolution.ts';
import { RoutingPage } from './routing-page.tsx';

afterEach(cleanup);

const named = (name: string): Resolution =>
  buildResolution({ store: { id: 1, publicId: 'store_1', code: name, name, color: '#336699', isActive: true } });
const outcome = () => screen.getByRole('region', { name: 'Outcome' });
const noRequests = { requests: [], total: 0, newest: 0, kept: { requests: 0, bytes: 0, maxRequests: 1, maxBytes: 1 } };

describe('RoutingPage', () => {
  it('ignores an answer that arrives after the one to a later question', async () => {
    const late = Promise.withResolvers<Resolution>();
    const asked: string[] = [];
    renderInConsole(<RoutingPage />, {
      at: '/routing?url=first.localhost',
      operations: {
        why: ({ body }) => {
          asked.push(body.url);
          return body.url === 'first.localhost' ? late.promise : named('Second');
        },
        listRequests: () => noRequests,
      },
    });
    await waitFor(() => expect(asked).toEqual(['first.localhost']));
    await userEvent.clear(screen.getByRole('textbox', { name: 'URL' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'URL' }), 'second.localhost');
    await waitFor(() => expect(outcome()).toHaveProperty('textContent', expect.stringContaining('Second')));

    late.resolve(named('First'));
    await late.promise;
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('Second'));
    expect(outcome().textContent).not.toContain('First');
  });

  it('marks the answer as old while the next one is on its way', async () => {
    const next = Promise.withResolvers<Resolution>();
    renderInConsole(<RoutingPage />, {
      at: '/routing?url=first.localhost',
      operations: {
        why: ({ body }) => (body.url === 'first.localhost' ? named('First') : next.promise),
        listRequests: () => noRequests,
      },
    });
    await waitFor(() => expect(outcome().textContent).toContain('First'));
    await userEvent.type(screen.getByRole('textbox', { name: 'URL' }), '/products');

    await waitFor(() => expect(outcome().closest('[aria-busy="true"]')).not.toBeNull());
    next.resolve(named('Next'));
    await waitFor(() => expect(outcome().closest('[aria-busy="false"]')).not.toBeNull());
    expect(outcome().textContent).toContain('Next');
  });

  it('asks for the whole question once typing pauses', async () => {
    const asked: unknown[] = [];
    renderInConsole(<RoutingPage />, {
      at: '/routing?url=x.localhost&method=POST&host=evil.example',
      operations: {
        why: ({ body }) => {
          asked.push(body);
          return named('X');
        },
        listRequests: () => noRequests,
      },
    });
    await userEvent.type(screen.getByRole('textbox', { name: 'X-Store-ID' }), 'store_1');

    await waitFor(() =>
      expect(asked.at(-1)).toEqual({
        url: 'x.localhost',
        method: 'POST',
        host: 'evil.example',
        storeHeader: 'store_1',
      }),
    );
  });

  it('shows a fault at its field, and the other answer is gone', async () => {
    const errors = [{ field: 'url', message: 'has no host' }];
    renderInConsole(<RoutingPage />, {
      at: '/routing?url=/products',
      operations: { why: () => problemResponse(422, 'validation', 'The URL has no host.', { errors }) },
    });

    await waitFor(() => expect(screen.getByRole('textbox', { name: 'URL' }).getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByText('The URL has no host.')).toBeDefined();
    expect(screen.queryByRole('region', { name: 'Outcome' })).toBeNull();
  });

  it('compares with the latest real request, and again when one arrives', async () => {
    const url = 'http://fashion.localhost:8000/products';
    const recorded = [buildSummary({ path: '/products', mode: 'path_based' })];
    renderInConsole(<RoutingPage />, {
      at: `/routing?url=${url}`,
      operations: {
        why: () => buildResolution(),
        listRequests: () => ({ ...noRequests, requests: [...recorded] }),
      },
    });
    await screen.findByText(/mode: path then, subdomain now/);

    const now = buildSummary({ path: '/products', sequence: 2 });
    recorded.unshift(now);
    FakeEventSource.send('requests', [now]);

    await screen.findByText(/^Same as/);
    expect(screen.getByRole('link', { name: /the request of/ }).getAttribute('href')).toBe('/requests/request-2');
  });

  it('asks again when a store changes', async () => {
    const answers = [named('Before'), named('After')];
    renderInConsole(<RoutingPage />, {
      at: '/routing?url=x.localhost',
      operations: { why: () => answers.shift() ?? named('After'), listRequests: () => noRequests },
    });
    await waitFor(() => expect(outcome().textContent).toContain('Before'));

    FakeEventSource.send('store', { name: 'changed', id: 1, code: 'x' });

    await waitFor(() => expect(outcome().textContent).toContain('After'));
  });

  it('follows an example into the fields', async () => {
    renderInConsole(<RoutingPage />, {
      at: '/routing',
      operations: {
        why: () => named('X'),
        listRequests: () => noRequests,
        listStores: () => ({ stores: [] }),
        server: () => ({ platformDomain: 'localhost', port: 8000 }) as never,
      },
    });
    await userEvent.click(await screen.findByRole('link', { name: /An address instead of a name/ }));

    expect((screen.getByRole('textbox', { name: 'URL' }) as HTMLInputElement).value).toBe('http://127.0.0.1:8000/');
    await waitFor(() => expect(outcome()).toBeDefined());
  });
});
