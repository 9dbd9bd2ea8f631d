import { readJsonFile, writeJsonFile } from './json-file.ts';

/** In device-independent pixels, from the top left corner of the main display. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window was, and how. `bounds` is its place when it is not maximised. */
export interface WindowState {
  readonly bounds: Bounds;
  readonly isMaximized: boolean;
}

export const MIN_SIZE = { width: 480, height: 400 } as const;
const USUAL_SIZE = { width: 1360, height: 880 } as const;
/** So much of the window must be on a display to be taken hold of. */
const GRIP = { width: 120, height: 40 } as const;

export function readWindowState(file: string): WindowState | null {
  return readJsonFile(file, windowStateFrom);
}

/** Keeps the state; a folder that cannot be written costs the window its place, nothing else. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeJsonFile(file, state);
  } catch {
    // the window opens at its usual place next time
  }
}

/**
 * Where the window opens: where it was, as long as one can see and move it there; else in the middle of the first display.
 *
 * @param displays work areas, the main display's first
 */
export function placeWindow(state: WindowState | null, displays: readonly [Bounds, ...Bounds[]]): WindowState {
  const isMaximized = state?.isMaximized ?? false;
  const display = state ? displays.find((area) => isWithinReach(state.bounds, area)) : undefined;
  if (state && display) return { bounds: fitted(state.bounds, display), isMaximized };
  const [{ x, y, width, height }] = displays;
  const { bounds: wanted } = state ?? { bounds: USUAL_SIZE };
  const size = { width: Math.min(wanted.width, width), height: Math.min(wanted.height, height) };
  const middle = { x: x + Math.round((width - size.width) / 2), y: y + Math.round((height - size.height) / 2) };
  return { bounds: { ...middle, ...size }, isMaximized };
}

/** Enough of the title bar, which is at the top, is inside the area. */
function isWithinReach(bounds: Bounds, area: Bounds): boolean {
  const shownWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return (
    shownWidth >= GRIP.width && bounds.y >= area.y - GRIP.height / 2 && bounds.y <= area.y + area.height - GRIP.height
  );
}

function fitted({ x, y, width, height }: Bounds, area: Bounds): Bounds {
  return {
    x,
    y: Math.max(y, area.y),
    width: Math.max(MIN_SIZE.width, Math.min(width, area.width)),
    height: Math.max(MIN_SIZE.height, Math.min(height, area.height)),
  };
}

function windowStateFrom(content: unknown): WindowState | null {
  const { bounds, isMaximized } = (content ?? {}) as {
    readonly bounds?: Partial<Bounds>;
    readonly isMaximized?: unknown;
  };
  if (!bounds || typeof bounds !== 'object' || typeof isMaximized !== 'boolean') return null;
  const { x, y, width, height } = bounds;
  const isWhole = [x, y, width, height].every((value) => Number.isInteger(value));
  return isWhole && Number(width) > 0 && Number(height) > 0 ? { bounds: bounds as Bounds, isMaximized } : null;
}
