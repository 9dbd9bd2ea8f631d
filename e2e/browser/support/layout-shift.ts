import type { Page } from '@playwright/test';

/** The parts of the browser that the functions below use; they run in the page. */
interface LayoutShift {
  readonly value: number;
  readonly sources: readonly { readonly node: { readonly outerHTML?: string } | null }[];
}
/** How much moved, and what: the beginning of each element that did. */
export interface Shift {
  readonly total: number;
  readonly moved: readonly string[];
}

interface Picture {
  readonly complete: boolean;
  addEventListener(event: 'load' | 'error', listener: () => void, options: { readonly once: boolean }): void;
  scrollIntoView(): void;
}
declare const window: { layoutShift(): Shift };
declare const document: {
  readonly fonts: { readonly ready: Promise<unknown> };
  querySelectorAll(selector: string): Iterable<Picture>;
};
declare const PerformanceObserver: new (
  listener: (list: { getEntries(): LayoutShift[] }) => void,
) => {
  observe(options: { readonly type: string; readonly buffered: boolean }): void;
  takeRecords(): LayoutShift[];
};
declare function requestAnimationFrame(callback: () => void): void;

/** Adds up layout shifts from the first moment of every page that is opened after this. */
export async function watchLayoutShift(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let total = 0;
    const moved: string[] = [];
    const add = (entries: readonly LayoutShift[]) => {
      for (const { value, sources } of entries) {
        total += value;
        for (const { node } of sources) moved.push(`${value.toFixed(4)} ${(node?.outerHTML ?? 'text').slice(0, 120)}`);
      }
    };
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    window.layoutShift = () => {
      add(observer.takeRecords());
      return { total, moved };
    };
  });
}

/** Holds every font back until the page has been painted without it: the worst that a slow network does. */
export async function delayFonts(page: Page): Promise<void> {
  await page.route('**/*.woff2', async (route) => {
    const painted = "performance.getEntriesByName('first-contentful-paint').length > 0";
    // A page that is left meanwhile needs its font no more.
    await page.waitForFunction(painted).then(
      () => route.continue(),
      () => route.abort(),
    );
  });
}

/** The shift so far, once fonts and all pictures, also those far below, have arrived and been painted. */
export async function measureLayoutShift(page: Page): Promise<Shift> {
  await page.waitForLoadState('load');
  return page.evaluate(async () => {
    const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await document.fonts.ready;
    for (const picture of document.querySelectorAll('img')) {
      if (picture.complete) continue;
      const arrived = new Promise<void>((resolve) => {
        picture.addEventListener('load', () => resolve(), { once: true });
        picture.addEventListener('error', () => resolve(), { once: true });
      });
      picture.scrollIntoView();
      await arrived;
    }
    await painted();
    return window.layoutShift();
  });
}
