import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What keeps people from using the page, as one line a fault: `impact rule: selector`. Only serious and
 * critical ones; empty when there are none. Frames are left out: stores' pages have tests of their own.
 */
export async function severeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], iframes: false })
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${impact} ${id}: ${target.join(' ')} · ${firstReason(failureSummary)}`,
      ),
    );
}

function firstReason(summary: string | undefined): string {
  return summary?.split('\n')[1]?.trim() ?? '';
}
