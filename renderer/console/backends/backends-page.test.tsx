// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BackendOverview, SwitchInput } from '../../../server/contract/backends.ts';
import { FakeEventSource } from '../../testing/fake-event-source.ts';
import { type FakeAnswers, problemResponse, renderInConsole } from '../../testing/render.tsx';
import { BackendsPage } from './backends-page.tsx';
import { buildOverview, buildPlan, buildSwitch } from './testing/build-backends.ts';

const ADDRESS = 'postgres://orion:hush@db.example.com/orion';

/** A server whose backends are as told. */
function open(overview: BackendOverview, operations: FakeAnswers = {}, at = '/backends') {
  let now = overview;
  renderInConsole(<BackendsPage />, {
    at,
    operations: { backends: () => now, listStores: () => ({ stores: [] }), ...operations },
  });
  return {
    change: (next: BackendOverview) => {
      now = next;
    },
  };
}

const card = async (name: string) => within(await screen.findByRole('article', { name }));

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('BackendsPage', () => {
  it('shows the five with what keeps stores apart, and which one is in force', async () => {
    open(buildOverview());

    const inForce = await card('SQLite: A file per store');
    expect(inForce.getByText('in force')).toBeDefined();
    expect(inForce.queryByRole('button')).toBeNull();
    expect(inForce.getByRole('img', { name: 'Three files, one for each store.' })).toBeDefined();
    const rows = await card('Postgres: Shared tables');
    expect(rows.getByText('Row-level security')).toBeDefined();
    expect(rows.getByText('nothing here')).toBeDefined();
    expect(screen.getAllByRole('article')).toHaveLength(5);
    expect(screen.getByText('The platform has not moved yet', { exact: false })).toBeDefined();
  });

  it('plans, says what stands in the way and its fix, and begins when nothing does', async () => {
    const asked: SwitchInput[] = [];
    let obstacles = [
      { code: 'missing_right', message: 'The role may not create schemas.', fix: 'GRANT CREATE ON DATABASE orion' },
    ];
    const { change } = open(buildOverview(), {
      planSwitch: ({ body }) => {
        asked.push(body);
        return buildPlan({ obstacles, target: 'Postgres at db.example.com:5432/orion' });
      },
      startSwitch: ({ body }) => {
        asked.push(body);
        change(buildOverview({ running: buildSwitch() }));
        return buildSwitch();
      },
    });
    await userEvent.click((await card('Postgres: A schema per store')).getByRole('button', { name: 'Switch to this' }));
    const panel = within(await screen.findByRole('dialog', { name: 'Switch backend' }));
    await userEvent.click(panel.getByLabelText('Another one, by its address'));
    await userEvent.click(panel.getByRole('button', { name: 'Show the plan' }));
    expect(panel.getByText('Enter the address of the Postgres server.')).toBeDefined();
    expect(asked).toEqual([]);

    await userEvent.type(panel.getByLabelText('Address'), ADDRESS);
    await userEvent.click(panel.getByRole('button', { name: 'Show the plan' }));
    expect(await panel.findByText('GRANT CREATE ON DATABASE orion')).toBeDefined();
    expect(panel.queryByRole('button', { name: /^Move/ })).toBeNull();
    // The password is not shown again, and nothing of it is kept.
    expect(panel.getByText('postgres://orion:•••@db.example.com/orion')).toBeDefined();
    expect(document.body.innerHTML).not.toContain('hush');
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('hush');

    obstacles = [];
    await userEvent.click(panel.getByRole('button', { name: 'Check again' }));
    await userEvent.click(await panel.findByRole('button', { name: 'Move 3 stores' }));

    expect(await screen.findByRole('heading', { name: 'Moving to Postgres, a schema per store' })).toBeDefined();
    expect(asked.at(-1)).toEqual({ to: 'postgres/schema', databaseUrl: ADDRESS });
  });

  it('says why a move did not begin', async () => {
    open(
      buildOverview(),
      {
        planSwitch: () => buildPlan(),
        startSwitch: () => problemResponse(409, 'switch_running', 'Another move runs already.'),
      },
      '/backends?switch=postgres/schema',
    );
    const panel = within(await screen.findByRole('dialog', { name: 'Switch backend' }));
    await userEvent.click(panel.getByRole('button', { name: 'Show the plan' }));
    await userEvent.click(await panel.findByRole('button', { name: 'Move 3 stores' }));

    expect(await panel.findByText('Another move runs already.')).toBeDefined();
  });

  it('follows a move by its events, also in the title of the tab, to its end', async () => {
    const { change } = open(buildOverview({ running: buildSwitch({ rowsDone: 100 }) }));
    const progress = await screen.findByRole('progressbar', { name: 'Rows moved' });
    expect(progress.getAttribute('aria-valuenow')).toBe('10');
    expect(document.title).toContain('10 % · moving to postgres/schema');
    expect(screen.getByRole('button', { name: 'Switch backend' }).hasAttribute('disabled')).toBe(true);

    act(() => FakeEventSource.send('switch', buildSwitch({ phase: 'verify', rowsDone: 900, store: 'orion' })));
    await waitFor(() => expect(progress.getAttribute('aria-valuenow')).toBe('90'));
    expect(screen.getByText('Verify').closest('li')?.getAttribute('aria-current')).toBe('step');
    expect(screen.getByText('orion')).toBeDefined();

    const done = buildSwitch({
      state: 'done',
      phase: 'flip',
      storesDone: 3,
      rowsDone: 1000,
      finishedAt: 4000,
      writesWaitedMs: 120,
      contentHash: 'abc123',
    });
    const after = buildOverview({ current: 'postgres/schema', history: [done] });
    change({
      ...after,
      backends: after.backends.map((one) =>
        one.id === 'sqlite/database' ? { ...one, state: 'kept', keptSince: 4000, place: 'the data folder' } : one,
      ),
    });
    act(() => FakeEventSource.send('switch', done));
    const result = within(await screen.findByRole('region', { name: 'Moved to Postgres, a schema per store' }));
    expect(result.getByText('abc123')).toBeDefined();
    expect(await result.findByRole('button', { name: 'Drop what is kept' })).toBeDefined();
    expect(document.title).toBe('Backends · Orion Studio');
  });

  it('cancels only after asking', async () => {
    const cancel = vi.fn(() => buildSwitch({ state: 'cancelled', finishedAt: 1 }));
    const { change } = open(buildOverview({ running: buildSwitch() }), { cancelSwitch: cancel });
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel the move' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Cancel the move?' }));
    expect(cancel).not.toHaveBeenCalled();
    change(buildOverview({ history: [buildSwitch({ state: 'cancelled', finishedAt: 1 })] }));
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel the move' }));

    expect(await screen.findByRole('heading', { name: /was cancelled/ })).toBeDefined();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('says why a move failed until that is put away', async () => {
    open(buildOverview({ history: [buildSwitch({ state: 'failed', error: 'The disk is full.', finishedAt: 5 })] }));
    const result = within(await screen.findByRole('region', { name: /failed/ }));
    expect(result.getByText('The disk is full.')).toBeDefined();

    await userEvent.click(result.getByRole('button', { name: 'Put this away' }));

    expect(screen.queryByRole('region', { name: /failed/ })).toBeNull();
    expect(screen.getByRole('table')).toBeDefined();
  });

  it('drops what is kept only after asking', async () => {
    const drop = vi.fn(() => new Response(null, { status: 204 }));
    const overview = buildOverview();
    open(
      {
        ...overview,
        backends: overview.backends.map((one) =>
          one.id === 'postgres/row' ? { ...one, state: 'kept', keptSince: 0, place: 'Postgres' } : one,
        ),
      },
      { dropKeptBackend: drop },
    );
    await userEvent.click((await card('Postgres: Shared tables')).getByRole('button', { name: 'Drop' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(drop).not.toHaveBeenCalled();
    await userEvent.click(dialog.getByRole('button', { name: 'Drop for good' }));

    await waitFor(() =>
      expect(drop).toHaveBeenCalledWith(expect.objectContaining({ params: { engine: 'postgres', isolation: 'row' } })),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('says what could not be read, and tries again', async () => {
    let isBroken = true;
    renderInConsole(<BackendsPage />, {
      operations: {
        backends: () => (isBroken ? problemResponse(500, 'internal', 'Something broke.') : buildOverview()),
        listStores: () => ({ stores: [] }),
      },
    });
    expect(await screen.findByText('Something broke.')).toBeDefined();
    isBroken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await card('SQLite: Shared tables')).toBeDefined();
  });
});
