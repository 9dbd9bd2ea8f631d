import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BodyArena } from './body-arena.ts';

it('gives back the newest bodies letter for letter, never a part of another', () => {
  // Of one to four bytes each.
  const text = fc.string({ unit: fc.constantFrom('a', 'Z', '0', 'ä', '€', '😀'), maxLength: 30 });
  fc.assert(
    fc.property(fc.array(fc.array(text, { maxLength: 2 }), { maxLength: 40 }), (bodies) => {
      const arena = new BodyArena(240);
      const stored = bodies.map((pieces) => {
        const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
        const isText = pieces.length === 1;
        const place = isText
          ? arena.storeText(String(bytes), bytes.length)
          : arena.store(
              pieces.map((piece) => Buffer.from(piece)),
              bytes.length,
            );
        return { bytes, place };
      });
      // A text needs a little more room than its bytes.
      const isRefused = ({ bytes, place }: (typeof stored)[number]) => place === null && bytes.length > 116;
      const kept = stored.filter(({ bytes, place }) => place !== null && bytes.length > 0);
      const read = kept.map(({ bytes, place }) => arena.read(place ?? -1, bytes.length));
      expect(stored.filter((one) => one.place === null).every(isRefused)).toBe(true);
      expect(read.every((body, index) => body === null || body.equals(kept[index]?.bytes ?? body))).toBe(true);
      // The oldest go first: once one is gone, all before it are.
      expect(read.slice(read.lastIndexOf(null) + 1)).not.toContain(null);
      expect(read.slice(0, read.lastIndexOf(null) + 1).every((body) => body === null)).toBe(true);
      expect(arena.bytes).toBeLessThanOrEqual(120);
    }),
  );
});

it('takes no memory before the first body, nor after it was cleared', () => {
  const arena = new BodyArena(1000);
  expect(arena.bytes).toBe(0);
  const place = arena.store([Buffer.from('abc'), Buffer.from('def')], 6) ?? -1;
  expect([arena.bytes, String(arena.read(place, 6))]).toEqual([6, 'abcdef']);
  expect(arena.store([Buffer.alloc(501)], 501)).toBeNull();
  arena.clear();
  expect([arena.bytes, arena.read(place, 6)]).toEqual([0, null]);
  const next = arena.storeText('x', 1) ?? -1;
  expect([String(arena.read(next, 1)), arena.read(place, 6)]).toEqual(['x', null]);
  arena.clear();
  arena.storeText('y', 1);
  // Of an answer that was on its way while everything was forgotten.
  expect(arena.read(next, 1)).toBeNull();
});

it('keeps no text that is not as long as it was said to be, and nothing that stood where it was tried', () => {
  const arena = new BodyArena(60);
  const places = ['aaaaaaaaaa', 'bbbbbbbbbb'].map((text) => arena.storeText(text, 10) ?? -1);
  expect([arena.storeText('too long', 3), arena.storeText('short', 9), arena.storeText('naïve', 5)]).toEqual([
    null,
    null,
    null,
  ]);

  expect(places.map((place) => String(arena.read(place, 10)))).toEqual(['null', 'null']);
  expect(String(arena.read(arena.storeText('naïve', 6) ?? -1, 6))).toBe('naïve');
});
