/** Colours that are easy to tell apart and to read white text on. The server has the same. */
export const SWATCHES = [
  { color: '#2563eb', name: 'Blue' },
  { color: '#b4472e', name: 'Brick' },
  { color: '#4d6b53', name: 'Sage' },
  { color: '#7c3aed', name: 'Violet' },
  { color: '#b45309', name: 'Amber' },
  { color: '#0f766e', name: 'Teal' },
  { color: '#be185d', name: 'Rose' },
  { color: '#4338ca', name: 'Indigo' },
] as const;

/** True for `#rrggbb`. */
export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** The swatch that the fewest stores have, or something close to it, so that a new store can be told from the others. */
export function leastUsedColor(colors: readonly string[]): string {
  const nearest = colors.map(nearestSwatch);
  const uses = (swatch: string) => nearest.filter((color) => color === swatch).length;
  const [first] = SWATCHES.map(({ color }) => color).sort((a, b) => uses(a) - uses(b));
  return first ?? '#2563eb';
}

function nearestSwatch(color: string): string {
  const distance = (swatch: string) =>
    [1, 3, 5].reduce((sum, at) => sum + (channel(swatch, at) - channel(color, at)) ** 2, 0);
  const [nearest] = SWATCHES.map((swatch) => swatch.color).sort((a, b) => distance(a) - distance(b));
  return nearest ?? color;
}

function channel(color: string, at: number): number {
  return Number.parseInt(color.slice(at, at + 2), 16);
}
