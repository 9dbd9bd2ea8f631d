import type { Locator, Page } from '@playwright/test';

/** The console's Backends page, as somebody finds things on it: by role and label. */
export class BackendsScreen {
  readonly page: Page;
  /** The panel at the right that plans and begins a move. */
  readonly panel: Locator;
  readonly history: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('dialog', { name: 'Switch backend' });
    this.history = page.getByRole('region', { name: 'Moves between backends' }).getByRole('table');
  }

  /** One of the five, such as `SQLite: Shared tables`. */
  card(name: string): Locator {
    return this.page.getByRole('article', { name });
  }

  /** What stays on the page after a move, such as `Moved to SQLite, shared tables`. */
  result(title: string): Locator {
    return this.page.getByRole('region', { name: title });
  }
}
