import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Contrast takes most of the time, and changes with the colours alone; everything else changes with the layout alone. */
type Rules = 'all' | 'contrast' | 'all but contrast';

/**
 * What keeps people from using the page, as one line a fault: `impact rule: selector`. Only serious and
 * critical ones; empty when there are none. Frames are left out: stores' pages have tests of their own.
 */
export async function severeFaults(page: Page, rules: Rules = 'all'): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], iframes: false, ...optionsOf(rules) })
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${impact} ${id}: ${target.join(' ')} · ${firstReason(failureSummary)}`,
      ),
    );
}

function optionsOf(rules: Rules): Parameters<AxeBuilder['options']>[0] {
  if (rules === 'all') return {};
  if (rules === 'contrast') return { runOnly: { type: 'rule', values: ['color-contrast'] } };
  return { rules: { 'color-contrast': { enabled: false } } };
}

function firstReason(summary: string | undefined): string {
  return summary?.split('\n')[1]?.trim() ?? '';
}
