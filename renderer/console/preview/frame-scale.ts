import type { PaneWidth } from './pane-state.ts';

/** A frame's size. */
export interface FrameSize {
  /** CSS pixels that the page has, before it is scaled. */
  readonly width: number;
  readonly height: number;
  /** At most 1: a page is made smaller to fit, never larger. */
  readonly scale: number;
}

/** Narrower than any phone: below it a page would only break. */
const MIN_FIT_WIDTH = 320;

/** The size of one frame in a pane; sizes in pixels. */
export function fitFrame(paneWidth: number, paneHeight: number, width: PaneWidth): FrameSize {
  const cssWidth = width === 'fit' ? Math.max(MIN_FIT_WIDTH, Math.floor(paneWidth)) : width;
  const scale = Math.min(1, paneWidth / cssWidth);
  return { width: cssWidth, height: Math.round(paneHeight / scale), scale };
}

/**
 * The size of several frames beside each other, all at one scale, so that they can be compared.
 * @param gap pixels between two frames
 */
export function fitFrames(
  paneWidth: number,
  paneHeight: number,
  widths: readonly number[],
  gap: number,
  minScale: number,
): readonly FrameSize[] {
  const total = widths.reduce((sum, width) => sum + width, 0);
  const free = paneWidth - gap * (widths.length - 1);
  const scale = Math.max(minScale, Math.min(1, free / total));
  return widths.map((width) => ({ width, height: Math.round(paneHeight / scale), scale }));
}

/** `768 px at 62 %`. */
export function sizeLabel({ width, scale }: FrameSize): string {
  return `${width} px at ${Math.floor(scale * 100)} %`;
}
