// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HostsApplied, HostsPlan, HostsState } from '../../../../server/contract/names.ts';
import { type FakeAnswers, problemResponse, renderInConsole } from '../../../testing/render.tsx';
import { buildHosts, buildPlan, buildProbe } from '../testing/build-names.ts';
import { HostsTab } from './hosts-tab.tsx';

const ELEVATION = { id: 'e1', purpose: 'Writes 2 names to /etc/hosts.', command: 'sudo orion-hosts --plan 7' };

/** A server with a hosts file; `applyHosts` is as told, and what it was asked is kept. */
function open(
  apply: (input: { readonly expected: string; readonly action: string }) => HostsApplied | Response,
  state = buildHosts(),
) {
  const server: { state: HostsState; plan: HostsPlan } = { state, plan: buildPlan() };
  const asked: { readonly expected: string; readonly action: string }[] = [];
  const operations: FakeAnswers = {
    hosts: () => server.state,
    planHosts: ({ body }) => ({ ...server.plan, action: body.action }),
    applyHosts: ({ body }) => {
      asked.push(body);
      return apply(body);
    },
    probeNames: () => ({ probes: [buildProbe('techstore.localhost')], checkedAt: 0 }),
    listStores: () => ({ stores: [] }),
  };
  renderInConsole(<HostsTab />, { operations });
  return { server, asked };
}

const done = (state: HostsState): HostsApplied => ({
  isDone: true,
  elevation: null,
  state,
  cacheFlush: 'The cache of names was flushed.',
  probes: [buildProbe('techstore.localhost')],
});
const write = async () => userEvent.click(await screen.findByRole('button', { name: 'Write 2 names' }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('HostsTab', () => {
  it('shows the change before it is made, and how each client fares after it', async () => {
    const after = buildHosts({ isInStep: true, hash: 'b2' });
    const { server, asked } = open(() => {
      server.state = after;
      server.plan = buildPlan({ changes: false, added: 0, expected: 'b2' });
      return done(after);
    });
    const diff = within(await screen.findByRole('region', { name: 'What would change in the hosts file' }));
    expect(diff.getByText('127.0.0.1 shop.example').textContent).toContain('added: ');
    await write();

    expect(asked).toEqual([{ action: 'sync', expected: 'a1' }]);
    const applied = within(await screen.findByRole('region', { name: 'The names are written' }));
    expect(applied.getByText('The cache of names was flushed.', { exact: false })).toBeDefined();
    expect(applied.getByText('techstore.localhost')).toBeDefined();
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'The names are written' }));
    expect(await screen.findByText('In step: 2 names in the hosts file')).toBeDefined();
  });

  it('writes nothing over a file that another program changed: it shows the new change and waits', async () => {
    const { server, asked } = open(({ expected }) => {
      if (expected === 'c3') return done(buildHosts({ isInStep: true, hash: 'd4' }));
      server.state = buildHosts({ hash: 'c3' });
      server.plan = buildPlan({
        expected: 'c3',
        diff: [{ kind: 'same', text: '10.0.0.9 printer', before: 2, after: 2 }, ...buildPlan().diff],
      });
      return problemResponse(409, 'hosts_changed', 'The file is another than the one that was looked at.');
    });
    await write();

    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The file changed meanwhile');
    expect(await screen.findByText('10.0.0.9 printer')).toBeDefined();
    await write();
    await waitFor(() => expect(asked.map(({ expected }) => expected)).toEqual(['a1', 'c3']));
  });

  it('gives the exact command where rights are needed, and looks again when it was run', async () => {
    const { server } = open(() => ({ ...done(server.state), isDone: false, elevation: ELEVATION, probes: [] }));
    await write();
    expect(await screen.findByText(ELEVATION.command)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'I ran it: check again' }));
    expect(await screen.findByText('/etc/hosts is as it was: the command has not run yet.')).toBeDefined();

    server.state = buildHosts({ isInStep: true, hash: 'b2' });
    await userEvent.click(screen.getByRole('button', { name: 'I ran it: check again' }));
    expect(await screen.findByRole('region', { name: 'The names are written' })).toBeDefined();
    expect(screen.queryByText(ELEVATION.command)).toBeNull();
  });

  it('shows what a restored backup would change before it is restored', async () => {
    const state = buildHosts({ backups: [{ id: 'b7', at: 0, bytes: 120, reason: 'sync: 6 names' }] });
    const { asked } = open(() => done(state), state);
    await userEvent.click(await screen.findByRole('button', { name: 'Restore…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Restore this backup?' }));
    expect(await dialog.findByRole('region', { name: 'What would change' })).toBeDefined();
    await userEvent.click(dialog.getByRole('button', { name: 'Restore the backup' }));

    await waitFor(() => expect(asked).toEqual([{ action: 'restore', expected: 'a1', backup: 'b7' }]));
    expect(await screen.findByRole('region', { name: 'The backup is restored' })).toBeDefined();
  });
});
