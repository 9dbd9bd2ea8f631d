/** Protects the debug bar: on pages of development alone, never in frames, and nothing of a request becomes code. */
import { beforeAll, describe, expect, it } from 'vitest';
import { expectOperation } from '../../testing/call-operation.ts';
import { shareUntilEnd, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

let platform: TestPlatform;

beforeAll(
  () =>
    shareUntilEnd(async (onEnd) => {
      platform = await startTestPlatform({ fixtures: 'techstore', onEnd });
    }),
  60_000,
);

const page = (path = '/', headers: Record<string, string> = {}, on: TestPlatform = platform) =>
  on.ask({ host: 'techstore.localhost:{port}', path, headers: { Accept: 'text/html', ...headers } });

function factsOf(html: string) {
  const text = /data-orion-debug-bar="([^"]*)"/.exec(html)?.[1] ?? '';
  return JSON.parse(
    text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );
}

describe('the debug bar', () => {
  it('is one script of this server before the end of the page, which knows what answered', async () => {
    const { text, headers } = await page('/products?page=1');

    expect(text).toMatch(
      /<script src="\/assets\/platform\/[0-9a-f]{12}\/debug-bar\.js" defer data-orion-debug-bar="[^"]*"><\/script>\n<\/body>/,
    );
    expect(factsOf(text)).toMatchObject({
      store: { code: 'techstore' },
      mode: 'subdomain',
      area: 'storefront',
      status: 200,
      requestUrl: `http://admin.localhost:${platform.port}/requests/${headers['x-request-id']}`,
      whyUrl: `http://admin.localhost:${platform.port}/routing?url=${encodeURIComponent(`http://techstore.localhost:${platform.port}/products?page=1`)}`,
    });
    expect(factsOf(text).ladder).toHaveLength(5);
    const script = /src="([^"]*debug-bar\.js)"/.exec(text)?.[1] ?? '';
    expect((await page(script)).headers['content-type']).toContain('javascript');
  });

  it("is on the store's error pages as well, with their status", async () => {
    expect(factsOf((await page('/nothing/here')).text).status).toBe(404);
  });

  it('lets nothing of the request become a part of the page', async () => {
    const { text } = await page('/products?page="></script><script>alert(1)</script>&x=&quot;');

    expect(text).not.toContain('<script>alert');
    expect(decodeURIComponent(new URL(factsOf(text).whyUrl).searchParams.get('url') ?? '')).toContain('x=&quot;');
  });

  it.each([
    ['a frame', { 'Sec-Fetch-Dest': 'iframe' }],
    ['a script', { 'Sec-Fetch-Dest': 'empty' }],
    ['a program', { Accept: '*/*' }],
  ])('is left out for %s', async (_what, headers) => {
    expect((await page('/', headers)).text).not.toContain('data-orion-debug-bar');
  });

  it('can be switched off', async () => {
    await expectOperation(platform, 'changeInspector', { body: { debugBar: false } });
    const without = await page();
    await expectOperation(platform, 'changeInspector', { body: { debugBar: true } });

    expect(without.text).not.toContain('data-orion-debug-bar');
    expect((await page()).text).toContain('data-orion-debug-bar');
  });

  it('is never there in production', async () => {
    const production = await startTestPlatform({ fixtures: 'techstore', flags: ['--mode', 'production'] });

    expect((await page('/', {}, production)).text).not.toContain('debug-bar');
  });
});

describe('a link to the console on a page of a store', () => {
  it("asks once more from the console's own host, so that its strict cookie comes along", async () => {
    const ask = (site: string) =>
      platform.ask({
        host: 'admin.localhost:{port}',
        path: '/requests/x',
        headers: { Accept: 'text/html', 'Sec-Fetch-Site': site },
      });

    const first = await ask('cross-site');
    const second = await ask('same-origin');

    expect(first.text).toContain(`href="http://admin.localhost:${platform.port}/requests/x" data-continue`);
    expect(second.text).toContain('Sign-in required');
  });
});
