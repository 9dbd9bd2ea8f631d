import type { ShellBridge } from '../bridge.ts';

/** What the preload script gave this page. */
export const shell = (globalThis as unknown as { readonly orionShell: ShellBridge }).orionShell;

/** An element that the page is known to have. @throws {Error} when it has not */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element "${id}".`);
  return element;
}
