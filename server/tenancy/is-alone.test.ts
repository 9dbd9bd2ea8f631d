/** A process that has just died must not keep the next one from finishing its work. */
import { describe, expect, it, vi } from 'vitest';
import { isAlone } from './is-alone.ts';

describe('isAlone', () => {
  it('looks once where nobody else is', async () => {
    const otherProcesses = vi.fn(async () => 0);

    expect(await isAlone({ otherProcesses }, 0)).toBe(true);
    expect(otherProcesses).toHaveBeenCalledTimes(1);
  });

  it('waits for one that is about to be gone, and not for one that stays', async () => {
    let left = 3;

    expect(await isAlone({ otherProcesses: async () => Math.max(0, --left) }, 0)).toBe(true);
    expect(await isAlone({ otherProcesses: async () => 1 }, 0)).toBe(false);
  });
});
