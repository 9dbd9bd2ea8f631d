import { expect, it } from 'vitest';
import { buildOverview, buildSwitch } from '../backends/testing/build-backends.ts';
import { withSwitch } from './apply-switch.ts';

it('shows a move that runs, and puts it first into the history when it ends', () => {
  const earlier = buildSwitch({ id: 'earlier', state: 'cancelled' });
  const before = buildOverview({ history: [earlier] });

  const running = withSwitch(before, buildSwitch({ id: 'now', rowsDone: 5 }));
  expect(running.running?.rowsDone).toBe(5);
  expect(running.history).toEqual([earlier]);

  const ended = withSwitch(running, buildSwitch({ id: 'now', state: 'done' }));
  expect(ended.running).toBeNull();
  expect(ended.history.map(({ id }) => id)).toEqual(['now', 'earlier']);
});

it('is not brought back to running by news from before the end', () => {
  const ended = buildOverview({ history: [buildSwitch({ id: 'now', state: 'done' })] });

  expect(withSwitch(ended, buildSwitch({ id: 'now', rowsDone: 999 }))).toBe(ended);
});
