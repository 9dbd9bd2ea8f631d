// @vitest-environment jsdom
import { Notifications } from '@mantine/notifications';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestList, RequestSummary } from '../../../server/contract/requests.ts';
import { FakeEventSource } from '../../testing/fake-event-source.ts';
import { type FakeAnswers, problemResponse, renderInConsole } from '../../testing/render.tsx';
import { buildSummary, buildTrace } from './build-request.ts';
import { RequestsPage } from './requests-page.tsx';

beforeEach(() => {
  // jsdom lays nothing out: rows are drawn only into a list that has a height.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1400);
  Element.prototype.scrollTo = () => undefined;
});
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A server that keeps these requests, newest first, and answers pages of them. */
function listOf(requests: readonly RequestSummary[]) {
  return ({ query = {} }: { readonly query?: Readonly<Record<string, unknown>> | undefined }): RequestList => {
    const status = String(query['status'] ?? '');
    const found = requests.filter((request) => !status || String(request.status) === status.replace('xx', '04'));
    const offset = Number(query['offset'] ?? 0);
    return {
      requests: found.slice(offset, offset + Number(query['limit'] ?? 100)),
      total: found.length,
      newest: requests[0]?.sequence ?? 0,
      kept: { requests: requests.length, bytes: 0, maxRequests: 5000, maxBytes: 1 },
    };
  };
}

const three = [3, 2, 1].map((sequence) =>
  buildSummary({ sequence, path: `/page-${sequence}`, status: sequence === 2 ? 404 : 200 }),
);

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{pathname + search}</output>;
}

function renderPage(answers: FakeAnswers = {}, at = '/requests') {
  const operations: FakeAnswers = {
    listRequests: listOf(three),
    listStores: () => ({ stores: [] }),
    getRequest: ({ params }) => {
      const found = three.find(({ requestId }) => requestId === params.id);
      return found
        ? buildTrace({ requestId: found.requestId, path: found.path })
        : problemResponse(404, 'request_not_found', 'Gone.');
    },
    ...answers,
  };
  renderInConsole(
    <>
      <Notifications />
      <Routes>
        <Route path="/requests/:requestId?" element={<RequestsPage />} />
      </Routes>
      <Address />
    </>,
    { operations, at },
  );
  return userEvent.setup();
}

const address = () => screen.getByLabelText('address').textContent;
const paths = () => screen.getAllByRole('row').flatMap((row) => row.textContent?.match(/\/page-\d+/) ?? []);
const list = () => screen.findByText('/page-3');

describe('the list', () => {
  it('shows requests newest first, with how many there are', async () => {
    renderPage();
    await list();

    expect(paths()).toEqual(['/page-3', '/page-2', '/page-1']);
    expect(screen.getByText('3 found')).toBeDefined();
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('4');
  });

  it('puts live requests on top, and only those that match', async () => {
    renderPage();
    await list();

    FakeEventSource.send('requests', [
      buildSummary({ sequence: 4, path: '/page-4' }),
      buildSummary({ sequence: 5, path: '/assets/page-5' }),
    ]);

    await screen.findByText('/page-4');
    expect(paths()).toEqual(['/page-4', '/page-3', '/page-2', '/page-1']);
  });

  it('lets live requests wait while it is paused or the pointer is over a row', async () => {
    const user = renderPage();
    await list();

    await user.click(screen.getByRole('button', { name: 'Pause' }));
    FakeEventSource.send('requests', [buildSummary({ sequence: 4, path: '/page-4' })]);
    await user.click(await screen.findByRole('button', { name: '1 new' }));
    expect(paths()).toHaveLength(4);

    await user.click(screen.getByRole('button', { name: 'Resume' }));
    await user.hover(screen.getByText('/page-3'));
    FakeEventSource.send('requests', [buildSummary({ sequence: 5, path: '/page-5' })]);
    await screen.findByRole('button', { name: '1 new' });
    await user.hover(screen.getByRole('heading', { name: 'Requests' }));
    await screen.findByText('/page-5');
  });

  it('is read again after a reset', async () => {
    let recorded = three;
    renderPage({ listRequests: (input) => listOf(recorded)(input) });
    await list();

    recorded = [buildSummary({ sequence: 1, path: '/page-9' })];
    FakeEventSource.send('reset', { bootId: 'other' });

    await screen.findByText('/page-9');
    expect(paths()).toEqual(['/page-9']);
  });

  it('says what failed and asks again', async () => {
    let isBroken = true;
    const user = renderPage({
      listRequests: (input) => (isBroken ? problemResponse(500, 'internal_error', 'Broken.') : listOf(three)(input)),
    });
    await screen.findByText('Broken.');

    isBroken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));

    await list();
  });
});

describe('filters', () => {
  it('ask the server, stand in the address and can be cleared', async () => {
    const user = renderPage({}, '/requests?tab=sql');
    await list();

    await user.click(screen.getByRole('button', { name: '4xx' }));
    await waitFor(() => expect(paths()).toEqual(['/page-2']));
    await waitFor(() => expect(address()).toBe('/requests?tab=sql&status=4xx'));

    await user.click(screen.getByRole('button', { name: '5xx' }));
    await screen.findByText('No request matches these filters');
    await user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
    await list();
    await waitFor(() => expect(address()).toBe('/requests?tab=sql'));
  });

  it('hold together when one is set right after the other', async () => {
    renderPage();
    await list();

    fireEvent.click(screen.getByRole('button', { name: '4xx' }));
    fireEvent.click(screen.getByRole('button', { name: 'subdomain' }));

    await waitFor(() => expect(address()).toBe('/requests?status=4xx&mode=subdomain'));
  });

  it('take text', async () => {
    const asked: unknown[] = [];
    const user = renderPage({
      listRequests: (input) => {
        asked.push(input.query?.text);
        return listOf(three)(input);
      },
    });
    await list();

    await user.click(screen.getByRole('textbox', { name: /Text in/ }));
    await user.paste('mug');

    await waitFor(() => expect(address()).toBe('/requests?text=mug'));
    expect(asked).toEqual([undefined, 'mug']);
  });
});

describe('filters in force', () => {
  it('are taken away one by one', async () => {
    const user = renderPage({}, '/requests?method=GET&minMs=1&maxMs=9');
    await list();

    await user.click(screen.getByRole('button', { name: 'Remove the filter 1.0 ms to 9.0 ms' }));

    await waitFor(() => expect(address()).toBe('/requests?method=GET'));
  });

  it('are saved with a name, picked, and brought back after deletion', async () => {
    let filters: { name: string; query: string }[] = [];
    const user = renderPage(
      {
        savedFilters: () => ({ filters }),
        saveFilters: ({ body }) => {
          filters = body.filters;
          return { filters };
        },
      },
      '/requests?method=GET',
    );
    await list();
    await user.click(screen.getByRole('button', { name: 'Saved filters' }));
    await user.type(await screen.findByLabelText('Name for the filters in force'), 'Reads');
    await user.click(screen.getByRole('button', { name: 'Save' }));

    await screen.findByRole('button', { name: 'Reads' });
    expect(filters).toEqual([{ name: 'Reads', query: 'method=GET' }]);
    await user.click(screen.getByRole('button', { name: 'Delete Reads' }));
    await waitFor(() => expect(filters).toEqual([]));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(filters).toHaveLength(1));

    await user.click(screen.getByRole('button', { name: 'Remove the filter GET' }));
    await user.click(screen.getByRole('button', { name: 'Saved filters' }));
    await user.click(await screen.findByRole('button', { name: 'Reads' }));
    await waitFor(() => expect(address()).toBe('/requests?method=GET'));
  });
});

describe('two requests', () => {
  const comparison = {
    left: buildTrace({ requestId: 'request-3' }),
    right: buildTrace({ requestId: 'request-1', status: 404 }),
    status: { left: 200, right: 404 },
    headers: [
      { name: 'x-store-code', left: 'tech', right: 'fashion', isVolatile: false },
      { name: 'date', left: 'today', right: 'now', isVolatile: true },
    ],
    body: null,
    sql: [],
    summary: 'Status 200 became 404.',
  };

  it('are compared when one is marked and another chosen', async () => {
    const user = renderPage({ compareRequests: () => comparison }, '/requests/request-3?method=GET');
    await user.click(await screen.findByRole('button', { name: 'Compare with…' }));
    await user.click(await screen.findByText('/page-1'));

    await screen.findByText('Status 200 became 404.');
    expect(address()).toBe('/requests/request-3?method=GET&compare=request-1');
    expect(screen.queryByText('date')).toBeNull();
    await user.click(screen.getByRole('button', { name: /1 header that differs every time/ }));
    expect(screen.getByText('date')).toBeDefined();

    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(address()).toBe('/requests/request-3?method=GET');
  });

  it('are the result of a key that sends the chosen one again', async () => {
    const asked: unknown[] = [];
    renderPage({
      resendRequest: ({ params, body }) => {
        asked.push(params.id, body);
        return { requestId: 'request-9', comparison };
      },
    });
    await list();
    fireEvent.keyDown(document.body, { key: 'j' });
    fireEvent.keyDown(document.body, { key: 'r' });

    await screen.findByText('Status 200 became 404.');
    expect(asked).toEqual(['request-3', {}]);
    expect(address()).toBe('/requests/request-3?compare=request-9');
  });
});

it('shows the log as it is written, and leads from a line to its request', async () => {
  const line = (sequence: number, message: string, fields = {}) => ({
    ...{ sequence, at: 0, level: 'warn' as const, store: 'fashion', requestId: 'request-3', message, fields },
  });
  renderPage(
    {
      listLogs: ({ query }) =>
        query?.after === undefined
          ? { lines: [line(1, 'first'), line(2, 'own', { event: 'request', area: 'admin' })], newest: 2 }
          : new Promise((resolve) => {
              if (`${query.after}` === '2') resolve({ lines: [line(3, 'second')], newest: 3 });
            }),
    },
    '/requests?view=log',
  );

  await screen.findByText('first');
  await screen.findByText('second');
  expect(screen.queryByText('own')).toBeNull();
  expect(screen.getAllByRole('link', { name: 'Show its request' })[0]?.getAttribute('href')).toBe(
    '/requests/request-3?tab=logs',
  );
});

describe('nothing to show', () => {
  it('offers to open a store before the first request', async () => {
    renderPage({ listRequests: listOf([]) });

    await screen.findByText('No requests yet');
    expect(screen.getByRole('link', { name: 'Create a store' })).toBeDefined();
  });

  it('says that recording is off, and how to turn it on', async () => {
    const kept = { requests: 0, bytes: 0, maxRequests: 0, maxBytes: 0 };
    renderPage({ listRequests: () => ({ requests: [], total: 0, newest: 0, kept }) });

    expect((await screen.findAllByText('Recording is off')).length).toBeGreaterThan(0);
    expect(screen.getByText('--trace-requests 5000')).toBeDefined();
  });
});

describe('a request', () => {
  it('opens by click, keeps the filters, and closes', async () => {
    const user = renderPage({}, '/requests?method=GET');
    await user.click(await list());

    await screen.findByText('Answered before any routing rule was tried.');
    expect(address()).toBe('/requests/request-3?method=GET');
    expect(screen.getAllByRole('row', { selected: true })).toHaveLength(1);

    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(address()).toBe('/requests?method=GET');
  });

  it('is reached with the keyboard alone', async () => {
    renderPage();
    await list();
    const press = (key: string) => fireEvent.keyDown(document.body, { key });

    press('j');
    press('j');
    expect(address()).toBe('/requests');
    press('Enter');
    expect(address()).toBe('/requests/request-2');
    press('k');
    expect(address()).toBe('/requests/request-3');
    press('Escape');
    expect(address()).toBe('/requests');

    const grid = screen.getByRole('grid');
    fireEvent.keyDown(grid, { key: 'End' });
    fireEvent.keyDown(grid, { key: 'Enter' });
    expect(address()).toBe('/requests/request-1');
  });

  it('says why its details are not there and what to set', async () => {
    const detail = 'Dropped to stay within 64 MiB.';
    renderPage({ getRequest: () => problemResponse(404, 'request_details_dropped', detail) }, '/requests/request-3');

    await screen.findByText('Its details were dropped');
    expect(screen.getByText(detail)).toBeDefined();
  });

  it('says so when it is not recorded any more', async () => {
    const user = renderPage({}, '/requests/long-gone');

    await screen.findByText('This request is not recorded any more');
    await user.click(screen.getByRole('button', { name: 'Back to the list' }));
    expect(address()).toBe('/requests');
  });
});

it('forgets every request only after a question', async () => {
  let recorded = three;
  const user = renderPage({
    listRequests: (input) => listOf(recorded)(input),
    clearRequests: () => {
      recorded = [];
      return { removed: 3 };
    },
  });
  await list();

  await user.click(screen.getByRole('button', { name: 'Clear' }));
  const dialog = await screen.findByRole('dialog');
  expect(recorded).toHaveLength(3);
  await user.click(within(dialog).getByRole('button', { name: 'Forget all' }));

  await screen.findByText('No requests yet');
});
