/** Behind a proxy that ends TLS: what the server believes of it, and only when it was told to. */
import { describe, expect, it } from 'vitest';
import { signInToConsole, startTestPlatform } from './testing/test-platform.ts';

const FORWARDED = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'books.localhost' };

async function askBehindProxy(...flags: readonly string[]) {
  const platform = await startTestPlatform({ flags });
  await platform.askConsole({ method: 'POST', path: '/api/stores', body: { name: 'Books' } });
  const landing = await platform.ask({ host: 'localhost', headers: { ...FORWARDED, Accept: 'text/html' } });
  const changed = await platform.ask({
    host: 'admin.localhost:{port}',
    method: 'PATCH',
    path: '/api/stores/books',
    body: { name: 'Paper' },
    headers: {
      ...FORWARDED,
      Cookie: await signInToConsole(platform),
      Origin: `https://admin.localhost:${platform.port}`,
    },
  });
  return { landing, changed };
}

describe('--trust-proxy', () => {
  it('makes addresses https and lets the console of the https host in; the store is still the one of Host', async () => {
    const { landing, changed } = await askBehindProxy('--trust-proxy', 'true');

    expect(landing.text).toContain('https://books.localhost/');
    expect(landing.text).not.toContain('http://books.localhost');
    expect(changed.status).toBe(200);
  });

  it('is off by default: anyone could say it', async () => {
    const { landing, changed } = await askBehindProxy();

    expect(landing.text).not.toContain('https://books.localhost');
    expect(changed.status).toBe(403);
  });
});
