import type { Locator, Page } from '@playwright/test';
import type { OrionServer } from './orion-server.ts';

/** How the address of a store's page is written. */
export type Mode = 'subdomain' | 'path';

/** A store's pages as a shopper finds things on them: by role, name and text. */
export class Storefront {
  readonly page: Page;
  readonly main: Locator;
  readonly heading: Locator;
  /** Links to products in the page's main part, in order. */
  readonly productLinks: Locator;
  readonly prices: Locator;
  readonly categories: Locator;
  readonly pages: Locator;
  readonly skipLink: Locator;
  /** The search field of the page itself, not the header's. */
  readonly searchField: Locator;
  readonly #server: OrionServer;

  constructor(page: Page, server: OrionServer) {
    this.#server = server;
    this.page = page;
    this.main = page.getByRole('main');
    this.heading = page.getByRole('heading', { level: 1 });
    this.productLinks = this.main.getByRole('listitem').getByRole('heading').getByRole('link');
    // The price in force has no role or label of its own, only its place in the card.
    this.prices = this.main.getByRole('listitem').locator('.price-now');
    this.categories = page.getByRole('navigation', { name: 'Categories' });
    this.pages = page.getByRole('navigation', { name: 'Pages' });
    this.skipLink = page.getByRole('link', { name: 'Skip to content' });
    this.searchField = this.main.getByRole('searchbox', { name: 'Search products' });
  }

  /** Opens a page of a store; `path` begins with `/`. */
  async open(code: string, path = '/', mode: Mode = 'subdomain'): Promise<void> {
    const { storeUrl, pathUrl } = this.#server;
    await this.page.goto(mode === 'subdomain' ? storeUrl(code, path) : pathUrl(code, path));
  }

  /** The address of a store's page as a pattern for `toHaveURL`. */
  url(code: string, path = '/', mode: Mode = 'subdomain'): string {
    return mode === 'subdomain' ? this.#server.storeUrl(code, path) : this.#server.pathUrl(code, path);
  }

  product(title: string): Locator {
    return this.productLinks.filter({ hasText: new RegExp(`^${title}$`) });
  }

  /** A value of an option of the product page, such as `Ink` of `Glaze`. */
  option(name: string, value: string): Locator {
    return this.main.getByRole('list', { name }).getByRole('link', { name: value });
  }

  /** The chosen variant's price; the cards below have others. */
  get price(): Locator {
    return this.main.getByRole('article').locator('.price-now');
  }

  /** Opens the list of orders and chooses one. */
  async sortBy(label: string): Promise<void> {
    await this.page.getByText('Sort', { exact: true }).click();
    await this.main.getByRole('link', { name: label, exact: true }).click();
  }

  async search(text: string): Promise<void> {
    await this.searchField.fill(text);
    await this.searchField.press('Enter');
  }

  /** Prices of the cards in minor units, in the order of the page. */
  async pricesInOrder(): Promise<number[]> {
    return (await this.prices.allTextContents()).map((text) => Number(text.replace(/\D/g, '')));
  }
}
