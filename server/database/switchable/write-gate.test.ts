/** While the gate is closed nothing is written, and what waited is neither lost nor written to the wrong backend. */
import { describe, expect, it } from 'vitest';
import { WriteGate } from './write-gate.ts';

const never = new AbortController().signal;
const deferred = () => Promise.withResolvers<void>();

describe('the write gate', () => {
  it('lets writes through and notes which store was written to, at the beginning and at the end', async () => {
    const gate = new WriteGate();
    const before = gate.version(1);
    const { promise, resolve } = deferred();
    const writing = gate.write(1, 0, () => promise);
    const during = gate.version(1);
    resolve();
    await writing;

    expect(during).toBeGreaterThan(before);
    expect(gate.version(1)).toBeGreaterThan(during);
    expect(gate.version(2)).toBe(0);
  });

  it('closes when writes that run have ended, and lets new ones wait until it opens', async () => {
    const gate = new WriteGate();
    const { promise, resolve } = deferred();
    const order: string[] = [];
    const first = gate.write(1, 0, async () => {
      await promise;
      order.push('first');
    });
    const closing = gate.close(never).then(() => order.push('closed'));
    resolve();
    await Promise.all([first, closing]);
    const second = gate.write(1, 0, async () => order.push('second'));
    order.push('opened');
    gate.open();
    await second;

    expect(order).toEqual(['first', 'closed', 'opened', 'second']);
  });

  it('lets a request that had begun finish its writes while it closes', async () => {
    const gate = new WriteGate();
    const { promise, resolve } = deferred();
    const request = gate.request(async () => {
      await promise;
      return gate.write(1, 0, async () => 'written');
    });
    const closing = gate.close(never);
    resolve();

    expect(await request).toBe('written');
    await closing;
  });

  it('refuses with Retry-After what has waited for too long', async () => {
    const gate = new WriteGate({ waitMs: 20 });
    await gate.close(never);

    const expected = { status: 503, code: 'backend_switching', headers: { 'Retry-After': '5' } };
    await expect(gate.write(1, 0, async () => 'written')).rejects.toMatchObject(expected);
    await expect(gate.request(async () => 'done')).rejects.toMatchObject(expected);
  });

  it('never lets a handle of the earlier backend write', async () => {
    const gate = new WriteGate();
    const { epoch } = gate;
    await gate.close(never);
    let isWritten = false;
    const waiting = gate.write(1, epoch, async () => {
      isWritten = true;
    });
    gate.advance();
    gate.open();

    await expect(waiting).rejects.toMatchObject({ status: 503, code: 'backend_switching' });
    await expect(gate.write(1, epoch, async () => undefined)).rejects.toMatchObject({ status: 503 });
    expect(isWritten).toBe(false);
    expect(await gate.write(1, gate.epoch, async () => 'written')).toBe('written');
  });

  it('opens again when a write does not end, or when the move is cancelled', async () => {
    const gate = new WriteGate({ writesMs: 20 });
    const { promise, resolve } = deferred();
    const writing = gate.write(1, 0, () => promise);
    await expect(gate.close(never)).rejects.toMatchObject({ code: 'writes_do_not_end' });
    expect(await gate.write(2, 0, async () => 'written')).toBe('written');
    await expect(gate.close(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
    expect(await gate.write(2, 0, async () => 'written')).toBe('written');
    resolve();
    await writing;
  });
});
