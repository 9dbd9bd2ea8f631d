import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, muted, readableOn } from './color.ts';
import { cssVariables, resolveSettings, type ThemeSetting } from './settings.ts';

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('colours', () => {
  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it('finds text that reads on any colour', () => {
    fc.assert(
      fc.property(hex, (background) => {
        expect(contrast(readableOn(background), background)).toBeGreaterThan(4.2);
      }),
    );
  });

  it('never fades text below AA, unless it was below before', () => {
    fc.assert(
      fc.property(hex, hex, (text, background) => {
        expect(contrast(muted(text, background), background)).toBeGreaterThanOrEqual(
          Math.min(4.5, contrast(text, background)),
        );
      }),
    );
  });
});

const settings: ThemeSetting[] = [
  { id: 'color_primary', type: 'color', default: '#111111', options: null, min: null, max: null },
  { id: 'corner_radius', type: 'range', default: 4, options: null, min: 0, max: 24 },
  { id: 'card_style', type: 'select', default: 'plain', options: ['plain', 'framed'], min: null, max: null },
];

describe('resolveSettings', () => {
  it("takes the store's value over the preset's over the default", () => {
    expect(
      resolveSettings(settings, { color_primary: '#222222', corner_radius: 8 }, { color_primary: '#333333' }),
    ).toEqual({ color_primary: '#333333', corner_radius: 8, card_style: 'plain' });
  });

  it('passes over what the schema does not allow, and over what it does not know', () => {
    const values = {
      color_primary: 'red;} body{display:none',
      corner_radius: 99,
      card_style: 'wild',
      script: '<script>',
    };

    expect(resolveSettings(settings, {}, values)).toEqual({
      color_primary: '#111111',
      corner_radius: 4,
      card_style: 'plain',
    });
  });
});

it('a store’s settings cannot leave the style element they are printed in', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (color, radius) => {
      const css = cssVariables({ color_primary: color, corner_radius: radius });
      expect(css).toMatch(/^:root\{(--[a-z-]+:(#[0-9a-fA-F]{6}|-?[\w.+]+px);?)+\}$/);
    }),
  );
});
