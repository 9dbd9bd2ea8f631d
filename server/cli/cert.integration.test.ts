import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CertificatesState, ChangedTrust } from '../contract/certificates.ts';
import { orion } from '../testing/orion.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../testing/test-certificate.ts';

describe('orion cert', () => {
  it('imports, lists, renews and removes without a server, for people and for programs', async () => {
    const dataDir = temporaryFolder();
    const env = { ORION_TRUST_HOME: temporaryFolder() };
    const [certificate, key] = [join(dataDir, 'test.crt'), join(dataDir, 'test.key')];
    writeFileSync(certificate, TEST_CERTIFICATE);
    writeFileSync(key, TEST_KEY);

    const imported = await orion(dataDir, ['cert', 'import', certificate, key, '--format', 'json'], { env });
    const listed = await orion(dataDir, ['cert', 'list'], { env });
    const renewed = await orion(dataDir, ['cert', 'renew', '--format', 'json'], { env });
    const removed = await orion(dataDir, ['cert', 'remove', 'localhost', '--format', 'json'], { env });

    const state = JSON.parse(imported.out) as CertificatesState;
    expect(state.certificates).toMatchObject([{ names: ['localhost'], source: 'imported' }]);
    expect(listed.out).toContain('HTTPS: off');
    expect(listed.out).toContain('Authority: none yet');
    expect(listed.out).toMatch(/^localhost +imported +\d{4}-\d\d-\d\d/m);
    const { authority } = (JSON.parse(renewed.out) as ChangedTrust).state;
    expect(authority?.subject).toMatch(/^CN=Orion Studio local authority \([0-9a-f]{6}\), O=Orion Studio$/);
    expect(readFileSync(authority?.certificateFile ?? '', 'utf8')).toContain('BEGIN CERTIFICATE');
    expect((JSON.parse(removed.out) as CertificatesState).certificates).toEqual([]);
  });

  it('says what is wrong and ends with 2', async () => {
    const dataDir = temporaryFolder();
    const env = { ORION_TRUST_HOME: temporaryFolder() };
    const file = join(dataDir, 'nothing.pem');
    writeFileSync(file, 'nothing');

    const missing = await orion(dataDir, ['cert', 'import', join(dataDir, 'none.crt'), file], { env });
    const unreadable = await orion(dataDir, ['cert', 'import', file, file, '--format', 'json'], { env });
    const unknown = await orion(dataDir, ['cert', 'trust', '--store', 'nonsense'], { env });

    expect([missing.exitCode, unreadable.exitCode, unknown.exitCode]).toEqual([2, 2, 2]);
    expect(missing.error).toContain('none.crt cannot be read');
    expect(JSON.parse(unreadable.error).error.faults.map(({ field }: { field: string }) => field)).toEqual([
      'certificate',
      'key',
    ]);
    expect(unknown.error).toContain('The trust was not changed.');
  });
});
