import { type UIEvent, useCallback, useEffect, useRef, useState } from 'react';

/**
 * Whether a list is dragged past faster than rows can be read: by more than half its height in one frame.
 * @param isScrolling false as soon as the list has stood still for a moment
 * @returns whether it is, and what the list calls when it has scrolled
 */
export function useFastScroll(isScrolling: boolean): [boolean, (event: UIEvent<HTMLElement>) => void] {
  const [isFast, setFast] = useState(false);
  const lastTop = useRef(0);
  useEffect(() => {
    if (!isScrolling) setFast(false);
  }, [isScrolling]);
  const onScroll = useCallback(({ currentTarget: { scrollTop, clientHeight } }: UIEvent<HTMLElement>) => {
    setFast(Math.abs(scrollTop - lastTop.current) > clientHeight / 2);
    lastTop.current = scrollTop;
  }, []);
  return [isFast && isScrolling, onScroll];
}
