import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const beside = { x: 1440, y: 0, width: 2560, height: 1400 };
const at = (x: number, y: number, width = 900, height = 600) => ({
  bounds: { x, y, width, height },
  isMaximized: false,
});

describe('placeWindow', () => {
  it('opens in the middle of the main display the first time, no larger than it', () => {
    expect(placeWindow(null, [laptop])).toEqual({
      bounds: { x: 40, y: 25, width: 1360, height: 875 },
      isMaximized: false,
    });
  });

  it('opens where it was, on any display', () => {
    expect(placeWindow(at(100, 100), [laptop])).toEqual(at(100, 100));
    expect(placeWindow(at(2000, 50), [laptop, beside])).toEqual(at(2000, 50));
  });

  it('keeps that it was maximised, also when its display is gone', () => {
    expect(placeWindow({ ...at(100, 100), isMaximized: true }, [laptop]).isMaximized).toBe(true);
    expect(placeWindow({ ...at(2000, 50), isMaximized: true }, [laptop]).isMaximized).toBe(true);
  });

  it.each([
    ['on a display that is gone', at(2000, 50)],
    ['above all displays, where its title bar cannot be reached', at(100, -300)],
    ['below them', at(100, 890)],
    ['with only a sliver at the left edge', at(-850, 100)],
  ])('comes to the middle of the main display when it was %s', (_case, state) => {
    expect(placeWindow(state, [laptop]).bounds).toEqual({ x: 270, y: 163, width: 900, height: 600 });
  });

  it('fits into a display that has become smaller, but stays usable', () => {
    expect(placeWindow(at(0, 25, 4000, 3000), [laptop]).bounds).toEqual({ x: 0, y: 25, width: 1440, height: 875 });
    expect(placeWindow(at(0, 25, 200, 100), [laptop]).bounds).toEqual({ x: 0, y: 25, width: 480, height: 400 });
  });
});

describe('readWindowState', () => {
  const file = (content?: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'orion-window-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    if (content !== undefined) writeFileSync(join(folder, 'state.json'), content);
    return join(folder, 'state.json');
  };

  it('returns what was written', () => {
    const state = file();
    writeWindowState(state, at(1, 2));
    expect(readWindowState(state)).toEqual(at(1, 2));
  });

  it.each([
    ['nothing'],
    ['null'],
    ['{"bounds":null,"isMaximized":true}'],
    ['{"bounds":{"x":0,"y":0,"width":100},"isMaximized":false}'],
    ['{"bounds":{"x":0.5,"y":0,"width":100,"height":100},"isMaximized":false}'],
    ['{"bounds":{"x":0,"y":0,"width":0,"height":100},"isMaximized":false}'],
    ['{"bounds":{"x":0,"y":0,"width":100,"height":100}}'],
  ])('takes %s for no state at all', (content) => {
    expect(readWindowState(file(content))).toBeNull();
  });

  it('does not fail when the folder cannot be written', () => {
    expect(() => writeWindowState(join(file('{}'), 'below-a-file/state.json'), at(0, 0))).not.toThrow();
  });
});
