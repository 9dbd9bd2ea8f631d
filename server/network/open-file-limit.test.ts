import { expect, it } from 'vitest';
import { affordableStores } from './open-file-limit.ts';

it.each([
  [128, 1_000_000, 128],
  [128, 1024, 128],
  [128, 256, 26],
  [128, 64, 4],
  [128, null, 128],
])('of %i wanted stores, a limit of %s files affords %i', (wanted, limit, afforded) => {
  expect(affordableStores(wanted, limit)).toBe(afforded);
});
