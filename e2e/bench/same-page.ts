const MAX_SIZE_DIFFERENCE = 0.02;

/** What differs from server to server without meaning: the nonce and the port. */
export function comparable(html: string): string {
  return html.replace(/nonce="[^"]*"/g, 'nonce=""').replace(/(localhost):\d+/g, '$1:0');
}

/** Handles of the products on a page, in their order. */
export function productHandles(html: string): string[] {
  return [...html.matchAll(/<h[23] class="card-title"><a href="\/products\/([^"]+)"/g)].map((match) => match[1] ?? '');
}

/**
 * Makes sure that two candidates do the same work.
 * @throws {Error} when the pages show other products or differ in size
 */
export function requireSamePage(name: string, html: string, otherName: string, other: string): void {
  const handles = productHandles(html);
  if (handles.length === 0) throw new Error(`the page of ${name} shows no products`);
  if (handles.join() !== productHandles(other).join())
    throw new Error(`${name} and ${otherName} do not show the same products`);
  const [size, otherSize] = [comparable(html).length, comparable(other).length];
  if (Math.abs(size - otherSize) > otherSize * MAX_SIZE_DIFFERENCE)
    throw new Error(`the page of ${name} has ${size} characters, that of ${otherName} ${otherSize}`);
}
