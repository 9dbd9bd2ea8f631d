/** Colours as `#rrggbb`. Contrast is that of WCAG 2.2 §1.4.3. */
type Channels = readonly [number, number, number];

export const AA_CONTRAST = 4.5;

/** Ratio from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(channels(a)), luminance(channels(b))].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** White or near-black, whichever reads better on `background`. */
export function readableOn(background: string): string {
  return contrast('#ffffff', background) >= contrast('#101010', background) ? '#ffffff' : '#101010';
}

/** `amount` 0 gives `a`, 1 gives `b`. */
export function mix(a: string, b: string, amount: number): string {
  const from = channels(a);
  const to = channels(b);
  const mixed = from.map((value, index) => Math.round(value + ((to[index] ?? 0) - value) * amount));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** `text` as faded towards `background` as AA contrast allows, at most by `amount`. */
export function muted(text: string, background: string, amount = 0.4): string {
  for (let step = amount; step > 0; step -= 0.05) {
    const candidate = mix(text, background, step);
    if (contrast(candidate, background) >= AA_CONTRAST) return candidate;
  }
  return text;
}

function channels(color: string): Channels {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function luminance(color: Channels): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
