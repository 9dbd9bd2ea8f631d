import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BackendOverview, SwitchStatus } from '../contract/backends.ts';
import { describeSwitch } from './backend-text.ts';
import type { ConsoleApi } from './console-api.ts';
import { followSwitch } from './follow-switch.ts';

const running: SwitchStatus = {
  id: 'a',
  from: 'sqlite/database',
  to: 'postgres/row',
  target: null,
  state: 'running',
  phase: 'copy',
  storesDone: 1,
  storesTotal: 4,
  rowsDone: 25,
  rowsTotal: 100,
  store: 'techstore',
  startedAt: 1000,
  finishedAt: null,
  writesWaitedMs: null,
  contentHash: null,
  actor: 'command line',
  error: null,
};
const done: SwitchStatus = { ...running, state: 'done', phase: 'flip', finishedAt: 3500, writesWaitedMs: 12 };

/** An API that tells these states one after the other, the last one for ever. */
function apiOf(states: readonly SwitchStatus[], onCancel: () => Promise<void> = async () => undefined): ConsoleApi {
  const left = [...states];
  return {
    server: null,
    close: async () => undefined,
    call: (async (name: string) => {
      if (name === 'cancelSwitch') return onCancel();
      const status = left.length > 1 ? left.shift() : left[0];
      const isRunning = status?.state === 'running';
      return { running: isRunning ? status : null, history: isRunning ? [] : [status] } as unknown as BackendOverview;
    }) as ConsoleApi['call'],
  };
}

function captureErrors(): () => string {
  let text = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  return () => text;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('followSwitch', () => {
  it('tells each step once where there is no terminal, and gives how it ended', async () => {
    const said = captureErrors();
    const halfway = { ...running, rowsDone: 50, storesDone: 2 };

    const status = await followSwitch(apiOf([running, halfway, halfway, done]), running, 1);

    expect(status).toEqual(done);
    expect(said().split('\n')).toEqual([
      'copy, 1 of 4 stores, 25 of 100 rows, techstore',
      'copy, 2 of 4 stores, 50 of 100 rows, techstore',
      '',
    ]);
  });

  it('cancels once on Ctrl-C, and waits until the old backend is alone again', async () => {
    const said = captureErrors();
    const states: SwitchStatus[] = [running, { ...running, state: 'cancelled', finishedAt: 2000 }];
    let cancels = 0;
    const api = apiOf(states, async () => {
      cancels += 1;
    });

    const following = followSwitch(api, running, 1);
    process.emit('SIGINT');
    // A second one is the system's to answer: it ends the process at once.
    expect(process.listenerCount('SIGINT')).toBe(0);
    const status = await following;

    expect([status.state, cancels, process.listenerCount('SIGINT')]).toEqual(['cancelled', 1, 0]);
    expect(said()).toContain('Cancelling; the old backend stays in force.');
  });

  it('goes on when it is too late to cancel, and says so', async () => {
    const said = captureErrors();
    const api = apiOf([running, done], () => Promise.reject(new Error('It is too late: postgres/row is in force.')));

    const following = followSwitch(api, running, 1);
    process.emit('SIGINT');

    expect((await following).state).toBe('done');
    expect(said()).toContain('It is too late');
  });
});

describe('describeSwitch', () => {
  it.each([
    [
      done,
      'postgres/row is in force: 4 stores and 100 rows were moved and compared in 2.5 s. Writes waited for 12 ms.',
    ],
    [
      { ...done, state: 'failed' as const, error: 'The disk is full. The platform is still on sqlite/database.' },
      'The move to postgres/row has failed. The disk is full. The platform is still on sqlite/database.',
    ],
    [
      { ...done, state: 'cancelled' as const },
      'The move to postgres/row was cancelled. sqlite/database is still in force; nothing was lost.',
    ],
  ])('says what is in force now', (status, text) => {
    expect(describeSwitch(status)).toBe(text);
  });
});
