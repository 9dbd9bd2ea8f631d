import { describe, expect, it } from 'vitest';
import { buildSummary } from './build-request.ts';
import { liveRows, NO_LIVE_REQUESTS, receive, release, trim } from './live-requests.ts';

const summaries = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => buildSummary({ sequence: from + index }));
const head = { newest: 10 };
const sequences = (rows: readonly { readonly sequence: number }[]) => rows.map(({ sequence }) => sequence);

describe('live requests', () => {
  it('become rows at once while the list follows, newest first', () => {
    const live = receive(NO_LIVE_REQUESTS, summaries(11, 13), true);

    expect(sequences(liveRows(live, head, {}).rows)).toEqual([13, 12, 11]);
  });

  it('wait while it does not, until they are let in', () => {
    const live = receive(receive(NO_LIVE_REQUESTS, summaries(11, 12), true), summaries(13, 15), false);

    expect(liveRows(live, head, {})).toMatchObject({ waiting: 3, isStale: false });
    expect(sequences(liveRows(live, head, {}).rows)).toEqual([12, 11]);
    expect(sequences(liveRows(release(live), head, {}).rows)).toEqual([15, 14, 13, 12, 11]);
  });

  it('are filtered as the server filters, also when the filter changes later', () => {
    const arrived = [buildSummary({ sequence: 11, status: 200 }), buildSummary({ sequence: 12, status: 404 })];
    const live = receive(NO_LIVE_REQUESTS, arrived, true);

    expect(sequences(liveRows(live, head, { status: '4xx' }).rows)).toEqual([12]);
    expect(sequences(liveRows(live, head, {}).rows)).toEqual([12, 11]);
  });

  it('are no rows twice: not when sent again, not when the head has them', () => {
    const again = receive(receive(NO_LIVE_REQUESTS, summaries(9, 12), true), summaries(12, 12), true);

    expect(sequences(liveRows(again, head, {}).rows)).toEqual([12, 11]);
  });

  it('are forgotten when a newer head has them, and what waits still waits', () => {
    const live = receive(receive(NO_LIVE_REQUESTS, summaries(11, 14), true), summaries(15, 16), false);
    const newer = { newest: 13 };

    expect(liveRows(trim(live, newer), newer, {})).toMatchObject({ waiting: 2 });
    expect(sequences(liveRows(trim(live, newer), newer, {}).rows)).toEqual([14]);
  });

  it('stay few: beyond a bound they are only counted, and the list is to be read again', () => {
    const many = receive(NO_LIVE_REQUESTS, summaries(11, 2510), false);

    expect(many.arrived).toHaveLength(2000);
    expect(liveRows(many, head, {})).toMatchObject({ waiting: 2500, isStale: true });
    expect(liveRows(receive(NO_LIVE_REQUESTS, summaries(11, 1100), true), head, {}).isStale).toBe(true);
  });
});
