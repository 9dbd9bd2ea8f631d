/** Alpha below this is not seen. */
const FAINT = 32;

/**
 * The ground on which a logo can be seen: logos for dark shops are light, and would vanish on white.
 * @param pixels red, green, blue and alpha of each, as a canvas gives them
 */
export function paperFor(pixels: ArrayLike<number>): 'light' | 'dark' {
  let weight = 0;
  let total = 0;
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = [pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]];
    if (alpha < FAINT) continue;
    weight += alpha;
    total += alpha * (0.2126 * red + 0.7152 * green + 0.0722 * blue);
  }
  return weight > 0 && total / weight > 150 ? 'dark' : 'light';
}
