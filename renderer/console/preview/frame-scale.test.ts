import { describe, expect, it } from 'vitest';
import { fitFrame, fitFrames, sizeLabel } from './frame-scale.ts';

describe('fitFrame', () => {
  it('makes a wide page smaller until it fits, and taller by as much', () => {
    const frame = fitFrame(640, 700, 1280);

    expect(frame).toEqual({ width: 1280, height: 1400, scale: 0.5 });
    expect(sizeLabel(frame)).toBe('1280 px at 50 %');
  });

  it('never makes a page larger', () => {
    expect(fitFrame(640, 700, 360)).toEqual({ width: 360, height: 700, scale: 1 });
  });

  it('takes the width of the pane when it is to fit, but no less than a phone has', () => {
    expect(fitFrame(612.4, 700, 'fit')).toEqual({ width: 612, height: 700, scale: 1 });
    expect(fitFrame(160, 700, 'fit')).toMatchObject({ width: 320, scale: 0.5 });
  });
});

describe('fitFrames', () => {
  it('gives all frames one scale at which they fit beside each other', () => {
    const frames = fitFrames(1236, 600, [360, 768, 1280], 16, 0.2);

    expect(new Set(frames.map(({ scale }) => scale))).toEqual(new Set([0.5]));
    expect(frames.map(({ height }) => height)).toEqual([1200, 1200, 1200]);
  });

  it('stays readable in a narrow window, even when it has to be scrolled', () => {
    expect(fitFrames(300, 600, [360, 768, 1280], 16, 0.25)[0]?.scale).toBe(0.25);
  });
});
