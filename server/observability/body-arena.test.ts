import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BodyArena } from './body-arena.ts';

it('gives back the newest bodies letter for letter, never a part of another', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(fc.array(fc.array(text, { maxLength: 3 }), { maxLength: 60 }), (bodies) => {
      const arena = new BodyArena(600);
      const stored = bodies.map((pieces) => {
        const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
        return { bytes, place: arena.store(pieces, bytes.length) };
      });
      let isForgotten = false;
      for (const { bytes, place } of stored.reverse()) {
        if (place === null) expect(bytes.length).toBeGreaterThan(300);
        if (place === null || bytes.length === 0) continue;
        const read = arena.read(place, bytes.length);
        // The oldest go first: once one is gone, all before it are.
        if (read === null) isForgotten = true;
        else {
          expect(isForgotten).toBe(false);
          expect(read.equals(bytes)).toBe(true);
        }
      }
      expect(arena.bytes).toBeLessThanOrEqual(300);
    }),
  );
});

it('takes no memory before the first body, nor after it was cleared', () => {
  const arena = new BodyArena(1000);
  expect(arena.bytes).toBe(0);
  const place = arena.store(['abc', Buffer.from('def')], 6) ?? -1;
  expect([arena.bytes, String(arena.read(place, 6))]).toEqual([6, 'abcdef']);
  expect(arena.store([Buffer.alloc(501)], 501)).toBeNull();
  arena.clear();
  expect([arena.bytes, arena.read(place, 6)]).toEqual([0, null]);
  const next = arena.store(['x'], 1) ?? -1;
  expect([String(arena.read(next, 1)), arena.read(place, 6)]).toEqual(['x', null]);
  arena.clear();
  arena.store(['y'], 1);
  // Of an answer that was on its way while everything was forgotten.
  expect(arena.read(next, 1)).toBeNull();
});
