/**
 * Threats: somebody without the link, a link that leaks after its use, and a store's page, or any other, that
 * uses the administrator's browser to reach the console.
 */
import type { Page, Response } from '@playwright/test';
import type { OrionServer } from './support/orion-server.ts';
import { consoleLink, expect, signInToConsole, test } from './support/test.ts';

test.describe('signing in to the console', () => {
  test('without a link there is only the page that asks for one', async ({ page, server }) => {
    const response = await page.goto(server.console);

    expect(response?.status()).toBe(401);
    await expect(page.getByRole('heading', { name: 'Sign-in required' })).toBeVisible();
    await expect(page.getByText('npx orion console', { exact: true })).toBeVisible();
    expect((await page.goto(`${server.console}api/stores`))?.status()).toBe(401);
  });

  test('a link signs in, and the console shows every store', async ({ page, server }) => {
    await signInToConsole(page, server);

    for (const name of ['TechStore', 'Fashion Boutique', 'Orion Shop']) {
      await expect(page.getByRole('article', { name })).toBeVisible();
    }
  });

  test('a link works once', async ({ page, browser, server }) => {
    const link = await consoleLink(server);
    await page.goto(link);
    await page.waitForURL(server.console);

    const other = await browser.newPage();
    const response = await other.goto(link);

    expect(response?.status()).toBe(401);
    await expect(other.getByText('This sign-in link was used already or has expired.')).toBeVisible();
    expect((await other.goto(server.console))?.status()).toBe(401);
    await other.close();
  });

  test('a link opens the console also when another site has it, such as a mail program', async ({ page, server }) => {
    await page.goto(server.storeUrl('techstore'));
    await followLink(page, await consoleLink(server));

    await page.waitForURL(server.console);
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  });

  test('signing out ends the session, also for whoever kept the cookie', async ({ page, context, server }) => {
    await signInToConsole(page, server);
    const cookies = await context.cookies(server.console);
    await page.getByRole('button', { name: 'Session' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign-in required' })).toBeVisible();

    await context.addCookies(cookies);

    expect((await page.goto(server.console))?.status()).toBe(401);
  });

  test('the cookie is for the console alone, out of reach of scripts and other sites', async ({
    page,
    context,
    server,
  }) => {
    await signInToConsole(page, server);

    const cookies = await context.cookies(server.console);
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatchObject({ domain: 'admin.localhost', httpOnly: true, sameSite: 'Strict' });
    for (const url of [server.url, server.storeUrl('techstore')]) expect(await context.cookies(url)).toEqual([]);
  });
});

for (const { title, bypassCSP } of [
  { title: "a store's page cannot reach the console of a signed-in administrator", bypassCSP: false },
  { title: 'a hostile page without a policy of its own cannot either', bypassCSP: true },
]) {
  test.describe(title, () => {
    test.use({ bypassCSP });

    for (const from of ['subdomain', 'path'] as const) {
      test(`by script, from a store by ${from}`, async ({ page, server }) => {
        await signInToConsole(page, server);
        await page.goto(from === 'subdomain' ? server.storeUrl('techstore') : server.pathUrl('techstore'));
        const before = await storeCodes(server);
        const answers = consoleAnswers(page, server);

        const read = await page.evaluate(readByScript, `${server.console}api/stores`);
        const written = await page.evaluate(writeByScript, `${server.console}api/stores`);

        expect([read, written]).toEqual(['refused', 'refused']);
        expect(answers.filter((response) => response.ok())).toEqual([]);
        expect(await storeCodes(server)).toEqual(before);
      });

      test(`by picture, script tag, socket, frame and form, from a store by ${from}`, async ({ page, server }) => {
        await signInToConsole(page, server);
        const home = from === 'subdomain' ? server.storeUrl('techstore') : server.pathUrl('techstore');
        await page.goto(home);
        const answers = consoleAnswers(page, server);

        expect(await page.evaluate(loadInto, ['img', `${server.console}api/stores`] as const)).toBe('error');
        expect(await page.evaluate(loadInto, ['script', `${server.console}api/stores`] as const)).toBe('error');
        expect(await page.evaluate(openSocket, `${server.console.replace('http', 'ws')}api/events`)).toBe('refused');
        await page.evaluate(loadInto, ['iframe', server.console] as const);
        for (const frame of page.frames().slice(1)) expect(await frame.content()).not.toContain('csp-nonce');
        await page.goto(home);
        const refusal = bypassCSP ? page.waitForResponse(`${server.console}sign-out`) : null;
        await page.evaluate(postForm, [`${server.console}sign-out`, !bypassCSP] as const);
        if (refusal) expect((await refusal).ok()).toBe(false);

        expect(answers.filter((response) => response.ok())).toEqual([]);
        // The form did not sign the administrator out.
        const console = await page.context().newPage();
        expect((await console.goto(server.console))?.status()).toBe(200);
      });
    }
  });
}

/** Collects what the console answers from now on. */
function consoleAnswers(page: Page, server: OrionServer): Response[] {
  const answers: Response[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith(server.console)) answers.push(response);
  });
  return answers;
}

async function storeCodes(server: OrionServer): Promise<string[]> {
  const { stores } = (await server.orion('store', 'list')) as { stores: { code: string }[] };
  return stores.map(({ code }) => code).sort();
}

/** What the functions below use of the browser; they run in the page. */
interface PageElement {
  src: string;
  href: string;
  method: string;
  action: string;
  onload: () => void;
  onerror: () => void;
  submit(): void;
  click(): void;
}
declare const document: {
  createElement(name: string): PageElement;
  readonly body: { append(element: PageElement): void };
  addEventListener(event: string, listener: () => void): void;
};

function followLink(page: Page, url: string): Promise<void> {
  return page.evaluate((target) => {
    const link = document.createElement('a');
    link.href = target;
    document.body.append(link);
    link.click();
  }, url);
}

async function readByScript(url: string): Promise<string> {
  try {
    return await (await fetch(url, { credentials: 'include' })).text();
  } catch {
    return 'refused';
  }
}

/** The one kind of writing that a browser sends without asking the server first. */
async function writeByScript(url: string): Promise<string> {
  const body = JSON.stringify({ name: 'Planted', code: 'planted' });
  try {
    await fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body });
    // Nothing of the answer can be read: whether a store was made is seen elsewhere.
    return 'refused';
  } catch {
    return 'refused';
  }
}

function loadInto([name, url]: readonly [string, string]): Promise<string> {
  return new Promise((resolve) => {
    const element = document.createElement(name);
    element.onload = () => resolve('load');
    element.onerror = () => resolve('error');
    element.src = url;
    document.body.append(element);
  });
}

function openSocket(url: string): Promise<string> {
  return new Promise((resolve) => {
    try {
      const socket = new WebSocket(url);
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    } catch {
      resolve('refused');
    }
  });
}

/** With a policy in force it ends when that has stopped the form; else at once, and an answer is to be awaited. */
function postForm([url, hasPolicy]: readonly [string, boolean]): Promise<void> {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url;
  document.body.append(form);
  return new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', () => resolve());
    form.submit();
    if (!hasPolicy) resolve();
  });
}
