import { delayFonts, measureLayoutShift, watchLayoutShift } from './support/layout-shift.ts';
import { expect, test } from './support/test.ts';

/** A fifth of what counts as good. Source: web.dev, "Cumulative Layout Shift". */
const ALLOWED = 0.02;

const viewports = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

for (const [device, viewport] of Object.entries(viewports)) {
  for (const path of ['/', '/products', '/products/stoneware-mug']) {
    test(`nothing jumps on a ${device} when fonts and pictures arrive late: orion ${path}`, async ({
      storefront,
      page,
    }) => {
      await page.setViewportSize(viewport);
      await watchLayoutShift(page);
      await delayFonts(page);

      await storefront.open('orion', path);

      const { total, moved } = await measureLayoutShift(page);
      expect(total, `moved: ${moved.join('\n')}`).toBeLessThan(ALLOWED);
    });
  }
}
