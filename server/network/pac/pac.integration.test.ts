/** The PAC file and its proxy over a real server: names work without a port, and nothing else gets through. */
import { request } from 'node:http';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { PacState } from '../../contract/names.ts';
import { startSecure } from '../../testing/secure-platform.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const change = async (platform: TestPlatform, isOn: boolean) =>
  (await platform.askConsole({ method: 'PATCH', path: '/api/pac', body: { isOn } })).json<PacState>();

function throughProxy(port: number, url: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path: url, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.on('error', reject);
    call.end();
  });
}

/** What a store says over TLS in a tunnel; the certificate must be the platform's. */
function throughTunnel(port: number, host: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, method: 'CONNECT', path: `${host}:443`, agent: false });
    call.on('error', reject);
    call.on('connect', (_answer, socket) => {
      const secure = connect({ socket, servername: host, ca }, () => {
        secure.write(`GET /api/v1/settings HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      });
      let text = '';
      secure.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      secure.on('error', reject);
      secure.on('close', () => resolve(text));
    });
    call.end();
  });
}

describe('the PAC file and its proxy', () => {
  it('lead a custom domain to its store without a port, over http and https, and strangers nowhere', async () => {
    const platform = await startSecure('orion');
    const file = async () => (await platform.ask({ host: 'localhost:{port}', path: '/proxy.pac' })).text;
    expect(await file()).not.toContain('orion.lu');

    const state = await change(platform, true);
    const proxyPort = state.proxyPort ?? 0;
    expect(state).toMatchObject({ isOn: true, url: `http://localhost:${platform.port}/proxy.pac` });
    expect(state.names).toEqual(expect.arrayContaining(['orion.lu', 'orion.localhost', 'admin.localhost']));
    expect(state.howTo.map(({ client }) => client)).toHaveLength(5);
    expect(await file()).toContain(`"orion.lu": 1`);
    expect(await file()).toContain(`PROXY 127.0.0.1:${proxyPort}`);

    const home = await throughProxy(proxyPort, 'http://orion.lu/');
    expect(home.status).toBe(200);
    // What the page says of itself has no port either.
    expect(home.text).not.toContain(`:${platform.port}`);
    expect(await throughTunnel(proxyPort, 'orion.lu', platform.ca)).toMatch(/^HTTP\/1.1 (200|404)/);
    for (const url of ['http://example.com/', 'http://127.0.0.1/', 'http://orion.lu.example/'])
      expect((await throughProxy(proxyPort, url)).status, url).toBe(403);

    expect(await change(platform, false)).toMatchObject({ isOn: false, url: null, proxyPort: null, howTo: [] });
    expect(await file()).not.toContain('orion.lu');
    await expect(throughProxy(proxyPort, 'http://orion.lu/')).rejects.toThrow('ECONNREFUSED');
  });

  it('comes back with the server, on the port that browsers know', async () => {
    const first = await startTestPlatform();
    const { proxyPort } = await change(first, true);
    await first.stop();

    const second = await startTestPlatform({ dataDir: first.dataDir });
    expect((await second.askConsole({ path: '/api/pac' })).json()).toMatchObject({ isOn: true, proxyPort });
  });

  it('is served by the proxy itself where the platform has a name that leads nowhere', async () => {
    const platform = await startTestPlatform({ flags: ['--platform-domain', 'shops.example'] });
    const token = { Authorization: `Bearer ${platform.parts.controlToken}` };
    const changed = await platform.ask({
      host: 'admin.shops.example',
      method: 'PATCH',
      path: '/api/pac',
      headers: token,
      body: { isOn: true },
    });
    const { url } = changed.json<PacState>();

    expect(await (await fetch(url ?? '')).text()).toContain('"shops.example": 1');
  });
});
