/** What processes on one database hear of each other, also after a connection broke. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase, runSql } from '../../testing/postgres-server.ts';
import type { ProcessLink, SharedChange } from '../shared-state.ts';
import { openChangeChannel } from './change-channel.ts';
import type { PostgresSettings } from './settings.ts';

const CHANGE = { kind: 'store', storeId: 7, name: 'changed', code: 'books' } as const satisfies SharedChange;
const OF_CHANNELS = "application_name = 'orion-studio changes' AND datname = current_database()";

function settingsOf(url: string): PostgresSettings {
  const { hostname, port, pathname, username, password } = new URL(url);
  return {
    host: decodeURIComponent(hostname),
    port: Number(port),
    database: pathname.slice(1),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    ssl: false,
  };
}

/** A process's channel, and what it heard. */
async function join(url: string): Promise<ProcessLink & { readonly heard: (SharedChange | null)[] }> {
  const link = await openChangeChannel(settingsOf(url), { retryMs: 20, heartbeatMs: 50 });
  onTestFinished(() => link.close());
  const heard: (SharedChange | null)[] = [];
  link.subscribe((change) => heard.push(change));
  return Object.assign(link, { heard });
}

const terminateAll = (url: string) =>
  runSql(url, (client) => client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${OF_CHANNELS}`));

describe('openChangeChannel', () => {
  it('tells every other process of a change, and not the one that made it', async () => {
    const url = await createTestDatabase();
    const [one, two, three] = [await join(url), await join(url), await join(url)];

    await one.publish(CHANGE);
    await two.publish({ kind: 'limits', storeId: 8 });

    const limits = { kind: 'limits', storeId: 8 };
    await vi.waitFor(() => expect(three.heard).toEqual([CHANGE, limits]));
    await vi.waitFor(() => expect([one.heard, two.heard]).toEqual([[limits], [CHANGE]]));
  });

  it('says nothing to processes on another database', async () => {
    const [one, other] = [await join(await createTestDatabase()), await join(await createTestDatabase())];

    await one.publish(CHANGE);

    expect(await other.otherProcesses()).toBe(0);
    expect(other.heard).toEqual([]);
  });

  it('counts the other processes, and no longer those that ended', async () => {
    const url = await createTestDatabase();
    const one = await join(url);
    expect(await one.otherProcesses()).toBe(0);
    const two = await join(url);
    expect([await one.otherProcesses(), await two.otherProcesses()]).toEqual([1, 1]);

    await two.close();

    await vi.waitFor(async () => expect(await one.otherProcesses()).toBe(0));
    await expect(two.otherProcesses()).rejects.toMatchObject({ status: 503 });
  });

  it('connects again when its connection breaks, makes everything be forgotten once, and goes on', async () => {
    const url = await createTestDatabase();
    const [one, two] = [await join(url), await join(url)];

    await terminateAll(url);

    await vi.waitFor(() => expect([one.heard[0], two.heard[0]]).toEqual([null, null]));
    await vi.waitFor(async () => expect(await one.otherProcesses()).toBe(1));
    await one.publish(CHANGE);
    await vi.waitFor(() => expect(two.heard.at(-1)).toEqual(CHANGE));
  });

  it('makes up for a change it could not tell: the others forget everything', async () => {
    const url = await createTestDatabase();
    const one = await join(url);
    await terminateAll(url);
    await vi.waitFor(() => expect(one.otherProcesses()).rejects.toMatchObject({ code: 'database_unreachable' }));
    // Joined after the break, so that nothing but the change that was not told makes it forget.
    const two = await join(url);

    await one.publish(CHANGE);

    await vi.waitFor(() => expect(two.heard.length).toBeGreaterThan(0));
    expect(
      two.heard.every((change) => change === null || ('storeId' in change && change.storeId === CHANGE.storeId)),
    ).toBe(true);
  });

  it('takes what it cannot read as a reason to forget everything', async () => {
    const url = await createTestDatabase();
    const one = await join(url);

    await runSql(url, (client) => client.query("SELECT pg_notify('orion_changes', 'from a newer version')"));

    await vi.waitFor(() => expect(one.heard).toEqual([null]));
  });
});
