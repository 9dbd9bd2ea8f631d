import type { Page } from '@playwright/test';

/** The parts of the browser that the functions below use; they run in the page. */
interface LayoutShift {
  readonly value: number;
}
interface Picture {
  readonly complete: boolean;
  addEventListener(event: 'load' | 'error', listener: () => void, options: { readonly once: boolean }): void;
  scrollIntoView(): void;
}
declare const window: { layoutShift(): number };
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
    const add = (entries: readonly LayoutShift[]) => {
      for (const { value } of entries) total += value;
    };
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    window.layoutShift = () => {
      add(observer.takeRecords());
      return total;
    };
  });
}

/** Holds every font back until the page has been painted without it: the worst that a slow network does. */
export async function delayFonts(page: Page): Promise<void> {
  await page.route('**/*.woff2', async (route) => {
    await page.waitForFunction("performance.getEntriesByName('first-contentful-paint').length > 0");
    await route.continue();
  });
}

/** The shift so far, once fonts and all pictures, also those far below, have arrived and been painted. */
export async function measureLayoutShift(page: Page): Promise<number> {
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
