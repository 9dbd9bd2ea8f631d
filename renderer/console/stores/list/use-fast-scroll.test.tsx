// @vitest-environment jsdom
// Protects rows from staying bare: they are drawn in full as soon as the list is slow again, or stands still.
import { act, renderHook } from '@testing-library/react';
import type { UIEvent } from 'react';
import { expect, it } from 'vitest';
import { useFastScroll } from './use-fast-scroll.ts';

const HEIGHT = 700;
const at = (scrollTop: number) => ({ currentTarget: { scrollTop, clientHeight: HEIGHT } }) as UIEvent<HTMLElement>;

function start() {
  const { result, rerender } = renderHook(({ isScrolling }) => useFastScroll(isScrolling), {
    initialProps: { isScrolling: true },
  });
  return {
    scroll: (top: number) => act(() => result.current[1](at(top))),
    stop: () => rerender({ isScrolling: false }),
    goOn: () => rerender({ isScrolling: true }),
    isFast: () => result.current[0],
  };
}

it('is slow while a wheel turns', () => {
  const list = start();

  list.scroll(100);
  list.scroll(200);

  expect(list.isFast()).toBe(false);
});

it('is fast while the bar is dragged, and slow again when it slows down', () => {
  const list = start();

  list.scroll(HEIGHT);
  expect(list.isFast()).toBe(true);

  list.scroll(HEIGHT + 40);
  expect(list.isFast()).toBe(false);
});

it('forgets the speed when the list stands still', () => {
  const list = start();

  list.scroll(10 * HEIGHT);
  list.stop();
  list.goOn();

  expect(list.isFast()).toBe(false);
});
