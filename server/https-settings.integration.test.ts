import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { CertificatesState } from './contract/certificates.ts';
import { issueForHost, makeAuthority } from './network/tls/issue.ts';
import { callOperation, expectOperation } from './testing/call-operation.ts';
import { askOverHttp2, askSecurely, shownNames } from './testing/https.ts';
import { addDomain, startSecure } from './testing/secure-platform.ts';
import { takePort } from './testing/take-port.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { startTestPlatform } from './testing/test-platform.ts';

describe('switching', () => {
  it('on, to another port and off while http goes on, also from a page that came over it', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore', flags: ['--trust-home', temporaryFolder()] });
    const off = await expectOperation(platform, 'certificates');
    expect(off).toMatchObject({
      https: { isOn: false, listeningPort: null, url: null },
      authority: null,
      certificates: [],
    });
    expect(existsSync(join(platform.dataDir, 'certificates'))).toBe(false);

    const port = await takePort();
    const on = await expectOperation(platform, 'changeHttps', { body: { isOn: true, port } });
    const ca = readFileSync(on.authority?.certificateFile ?? '', 'utf8');
    const name = 'techstore.localhost';
    expect(on.https).toMatchObject({ isOn: true, fault: null, url: `https://localhost:${on.https.listeningPort}/` });
    expect((await askOverHttp2(on.https.listeningPort ?? 0, { name, ca })).status).toBe(200);

    const moved = await expectOperation(platform, 'changeHttps', { body: { port: await takePort() } });
    const former = on.https.listeningPort ?? 0;
    const { listeningPort } = moved.https;
    expect((await askOverHttp2(listeningPort ?? 0, { name, ca })).status).toBe(200);
    await vi.waitFor(() => expect(askSecurely(former, { name, ca })).rejects.toMatchObject({ code: 'ECONNREFUSED' }));

    const authorization = `Bearer ${platform.parts.controlToken}`;
    const itself = await askOverHttp2(listeningPort ?? 0, {
      name: 'admin.localhost',
      ca,
      method: 'PATCH',
      path: '/api/https',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ isOn: false }),
    });
    expect(itself.json<CertificatesState>().https).toMatchObject({ isOn: false, listeningPort: null, url: null });
    expect((await platform.ask({ host: name })).status).toBe(200);
    await platform.stop();
    const again = await startTestPlatform({ dataDir: platform.dataDir });
    expect(again.parts.tls.https.inForce).toMatchObject({ isOn: false, port: moved.https.port });
  });

  it('takes the next port when the wanted one is taken, and refuses what who started it asked for', async () => {
    const { port } = await startTestPlatform();
    const flags = ['--https', 'true', '--https-port', String(port), '--trust-home', temporaryFolder()];
    const other = await startTestPlatform({ flags: ['--trust-home', temporaryFolder()] });

    const { https } = await expectOperation(other, 'changeHttps', { body: { isOn: true, port } });
    expect(https.port).toBe(port);
    expect(https.listeningPort).toBeGreaterThan(port);
    await expect(startTestPlatform({ flags })).rejects.toThrow(
      `Port ${port} is in use by another program. Stop it, or name another port with --https-port.`,
    );
  });

  it('says why it is not on, and leaves everything as it was, when the authority cannot be used', async () => {
    const platform = await startSecure('none');
    const { dataDir } = platform;
    // Its flags decide, and the port in force is told instead of the kept one.
    const begun = await expectOperation(platform, 'certificates');
    expect(begun.https).toMatchObject({ decided: ['isOn', 'port'], port: platform.securePort });
    const kept = await expectOperation(platform, 'changeHttps', { body: { isOn: true } });
    expect(kept.https.decided).toEqual(['port']);
    await platform.stop();
    writeFileSync(join(dataDir, 'certificates/authority.key'), 'damaged');
    const flags = ['--trust-home', temporaryFolder()];
    const again = await startTestPlatform({ dataDir, flags });
    const { https, authority } = await expectOperation(again, 'certificates');

    expect(authority).toBeNull();
    expect(https).toMatchObject({ isOn: true, listeningPort: null, fault: expect.stringContaining('it is damaged') });
    const refused = await callOperation(again, 'changeHttps', { body: { isOn: true } });
    expect(refused.json()).toMatchObject({ status: 409, code: 'https_unavailable' });
    await expect(startTestPlatform({ dataDir: again.dataDir, flags: [...flags, '--https', 'true'] })).rejects.toThrow();
    await expectOperation(again, 'renewCertificates');
    const on = await expectOperation(again, 'changeHttps', { body: { isOn: true } });
    expect(on.https).toMatchObject({ isOn: true, fault: null, listeningPort: expect.any(Number) });
  });
});

describe('certificates', () => {
  it('are imported for their names, refused with every fault, and removed', async () => {
    const platform = await startSecure('techstore');
    const { securePort, dataDir } = platform;
    await addDomain(platform, 'techstore', 'www.shop.example');
    const elsewhere = await makeAuthority('ffffff', new Date());
    const signer = {
      certificate: elsewhere.certificate,
      key: createPrivateKey(elsewhere.key),
      notAfter: Date.now() * 2,
    };
    const wildcard = await issueForHost(signer, '*.shop.example', new Date());

    const guideStep = async () => {
      const params = { code: 'techstore', domain: 'www.shop.example' };
      const { steps } = await expectOperation(platform, 'domainGuide', { params });
      return steps.find(({ id }) => id === 'certificate');
    };

    expect(await guideStep()).toMatchObject({ state: 'current', text: expect.stringContaining('There is none for') });
    const refused = await callOperation(platform, 'importCertificate', { body: { ...wildcard, key: elsewhere.key } });
    expect(refused.json()).toMatchObject({
      status: 422,
      errors: [{ field: 'key', message: 'does not belong to the certificate' }],
    });
    expect(await shownNames(securePort, 'www.shop.example')).toBe('DNS:www.shop.example');
    expect(await guideStep()).toMatchObject({
      state: 'done',
      text: expect.stringMatching(/local authority .* until 2/),
    });
    const { certificates } = await expectOperation(platform, 'importCertificate', { body: wildcard });
    expect(certificates.find(({ source }) => source === 'imported')).toMatchObject({
      names: ['*.shop.example'],
      fault: null,
    });
    expect(await guideStep()).toMatchObject({
      state: 'done',
      text: expect.stringMatching(/^The imported certificate/),
    });
    const shown = await askOverHttp2(securePort, { name: 'www.shop.example', ca: elsewhere.certificate });
    expect(shown.status).toBe(200);
    expect(readFileSync(join(dataDir, 'certificates/hosts/host_www.shop.example.pem'), 'utf8')).toContain(
      'PRIVATE KEY',
    );

    await expectOperation(platform, 'removeCertificate', { params: { name: '*.shop.example' } });
    expect(await shownNames(securePort, 'www.shop.example')).toBe('DNS:www.shop.example');
    expect((await callOperation(platform, 'removeCertificate', { params: { name: 'x' } })).status).toBe(404);
  });

  it('are of the new authority after it was renewed, and only its certificate can be had', async () => {
    const platform = await startSecure('techstore');
    const { securePort, ca, askConsole } = platform;
    const name = 'techstore.localhost';
    await askSecurely(securePort, { name, ca });
    const { state } = await expectOperation(platform, 'renewCertificates');
    const download = await askConsole({ path: '/api/certificates/authority.crt' });

    expect(state.authority?.fingerprint).not.toBe(undefined);
    expect(download.headers['content-type']).toContain('application/x-x509-ca-cert');
    expect(download.text).not.toContain('PRIVATE');
    expect((await askSecurely(securePort, { name, ca: download.text })).status).toBe(200);
    await expect(askSecurely(securePort, { name, ca })).rejects.toThrow(/signature|issuer|verify/);
    expect((await platform.ask({ host: name, path: '/api/certificates/authority.crt' })).status).toBe(404);
  });

  it('are trusted and mistrusted through the API, which tells every console', async () => {
    const platform = await startSecure('none');
    const unknown = await callOperation(platform, 'trustAuthority', { body: { stores: ['nonsense'] } });
    expect(unknown.json()).toMatchObject({ status: 422, errors: [{ field: 'stores' }] });

    const { state, elevation } = await expectOperation(platform, 'trustAuthority', { body: { stores: ['node'] } });
    expect(elevation).toBeNull();
    expect(state.trust.map(({ id }) => id)).toEqual(process.platform === 'linux' ? ['nss:chromium', 'node'] : ['node']);
    await expectOperation(platform, 'untrustAuthority');
  });
});
