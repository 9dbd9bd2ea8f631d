// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RequestTrace, SqlRecord } from '../../../../server/contract/requests.ts';
import { type FakeAnswers, renderInConsole } from '../../../testing/render.tsx';
import { buildResolution } from '../../routing/build-resolution.ts';
import { buildStore } from '../../stores/testing/build-store.ts';
import { buildTrace } from '../build-request.ts';
import { RequestDetail } from './request-detail.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const run = (parameters: string, changes: Partial<SqlRecord> = {}): SqlRecord => ({
  sql: 'SELECT "id" FROM "products" WHERE "handle" = $1 AND "store_id" = $2',
  parameters,
  startMs: 1,
  durationMs: 0.5,
  rows: 1,
  error: null,
  span: 0,
  ...changes,
});

function open(changes: Partial<RequestTrace>, tab = 'why', answers: FakeAnswers = {}) {
  const ignore = () => undefined;
  renderInConsole(
    <RequestDetail requestId="request-1" onClose={ignore} onEdit={ignore} onMark={ignore} replacesList={false} />,
    {
      operations: { getRequest: () => buildTrace(changes), ...answers },
      at: `/requests/request-1?tab=${tab}`,
    },
  );
  return userEvent.setup();
}

describe('Why', () => {
  it('offers the stores that an unknown one may have been meant to be', async () => {
    open(
      { status: 404, store: null, outcome: 'refused', refusal: 'No store has the address fashio.localhost.' },
      'why',
      {
        why: () => buildResolution({ outcome: 'refused', store: null, nearMatches: ['fashion'] }),
        listStores: () => ({ stores: [buildStore({ code: 'fashion', name: 'Fashion Boutique' })] }),
      },
    );

    const near = within(await screen.findByRole('navigation', { name: 'Stores with a similar code' }));
    expect((await near.findByRole('link')).getAttribute('href')).toBe('/stores/fashion');
  });
});

describe('SQL', () => {
  it('groups repeated statements, marks their store and lists their runs', async () => {
    const user = open({ sql: [run('{"$1":"mug","$2":2}'), run('{"$1":"cup","$2":2}', { startMs: 2 })] }, 'sql');

    await screen.findByText('repeated 2 times');
    expect(screen.getByText('2 statements, 1 different, 1.0 ms')).toBeDefined();
    expect(screen.getByText('store_id = 2')).toBeDefined();
    expect(screen.getByTitle('Binds the statement to one store').textContent).toBe('"store_id" = $2');
    await user.click(screen.getByRole('button', { name: 'Show all 2 runs' }));
    expect(screen.getByText('$1 "cup" $2 2')).toBeDefined();
  });

  it('puts what was noticed first, with its sentence, and explains it on demand', async () => {
    const other = run('{"$1":1}', { sql: 'SELECT 1', startMs: 0 });
    const slow = run('{"$1":"mug"}', { startMs: 3, durationMs: 80 });
    const user = open(
      {
        sql: [other, slow],
        insights: [{ kind: 'slow_sql', message: 'It took 80 ms: add an index.', statements: [1] }],
      },
      'sql',
      {
        explainStatement: ({ body }) => ({
          engine: 'sqlite',
          lines: [{ depth: 0, text: `SCAN of ${body.statement}`, isWarning: true }],
          notes: ['It reads every row.'],
        }),
      },
    );

    await screen.findByText('It took 80 ms: add an index.');
    const [first] = screen.getAllByRole('listitem');
    expect(first?.textContent).toContain('slow SQL');
    await user.click(within(first as HTMLElement).getByRole('button', { name: 'Explain' }));

    await screen.findByText('SCAN of 1');
    expect(screen.getByText('It reads every row.')).toBeDefined();
  });

  it('points out a statement that was bound to another store', async () => {
    open({ sql: [run('{"$1":"mug","$2":3}')] }, 'sql');

    await screen.findByText('store_id = 3: another store');
  });
});

describe('timeline', () => {
  const spans = [
    { name: 'outer', startMs: 0, durationMs: 2, parent: null },
    { name: 'inner', startMs: 0.5, durationMs: 1, parent: 0 },
  ];

  it('is reached with the arrow keys, and tells its numbers', async () => {
    const user = open({ spans }, 'timeline');
    const outer = await screen.findByRole('listitem', { name: 'outer, from 0.00 ms, total 2.00 ms, own 1.00 ms' });

    outer.focus();
    await user.keyboard('{ArrowDown}');

    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^inner, from 0.50 ms/);
  });

  it('is a table as well', async () => {
    const user = open({ spans }, 'timeline');

    await user.click(await screen.findByRole('radio', { name: 'Table' }));

    const row = within(screen.getByRole('table')).getByRole('row', { name: /^inner/ });
    expect(row.textContent).toBe('inner0.50 ms1.00 ms1.00 ms');
  });
});

describe('what can be done with it', () => {
  it('asks what if with the address, the method and the store header', async () => {
    open({ requestHeaders: { 'x-store-id': 'store_2' }, method: 'POST' });

    const link = await screen.findByRole('link', { name: 'What if' });
    const asked = new URL(link.getAttribute('href') ?? '', 'http://admin.localhost');
    expect(asked.pathname).toBe('/routing');
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      url: 'http://fashion.localhost:8000/',
      method: 'POST',
      storeHeader: 'store_2',
    });
  });

  it('opens only what can be asked for again', async () => {
    open({ method: 'POST' });

    await screen.findByRole('link', { name: 'What if' });
    expect(screen.queryByRole('link', { name: 'Open' })).toBeNull();
  });

  it('is copied as the server writes it', async () => {
    const user = open({}, 'why', { copyRequest: ({ query }) => ({ text: `as ${query?.format}` }) });

    await user.click(await screen.findByRole('button', { name: 'Copy as' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Bug report' }));

    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe('as report'));
  });
});

it('shows masked headers as masked', async () => {
  open({ requestHeaders: { cookie: '…' } }, 'request');

  await screen.findByText('masked: may hold a secret');
});

it('shows the error with its code and stack', async () => {
  open(
    {
      error: {
        name: 'TypeError',
        code: 'internal_error',
        message: 'x is not y',
        stack: 'TypeError: x\n at z',
        source: {
          file: 'server/cart.ts',
          line: 8,
          column: 3,
          excerpt: [
            { line: 7, text: 'const a = 1;' },
            { line: 8, text: 'fail();' },
          ],
        },
      },
    },
    'error',
  );

  await screen.findByText('x is not y');
  expect(screen.getByText('internal_error')).toBeDefined();
  expect(screen.getByText(/at z/)).toBeDefined();
  const source = screen.getByRole('region', { name: 'Source' });
  expect(source.textContent).toContain('server/cart.ts:8:3');
  expect(source.querySelector('[data-failing="true"]')?.textContent).toBe('8fail(); (thrown here)');
});

it('shows a body in the way that suits it, and why it is not whole', async () => {
  const requestBody = {
    contentType: 'application/x-www-form-urlencoded',
    bytes: 900,
    keptBytes: 20,
    text: 'size=M&token=…',
    base64: null,
    note: 'Cut off after 20 bytes.',
  };
  const user = open({ method: 'POST', requestBody }, 'request');

  const body = await screen.findByRole('region', { name: 'Body of the request' });
  expect(within(body).getByText(/Cut off after 20 bytes/)).toBeDefined();
  expect(within(body).getByRole('row', { name: 'size M' })).toBeDefined();
  expect(within(body).getByText('masked: may hold a secret')).toBeDefined();
  await user.click(within(body).getByRole('radio', { name: 'Raw' }));
  expect(within(body).getByText('size=M&token=…')).toBeDefined();
});
