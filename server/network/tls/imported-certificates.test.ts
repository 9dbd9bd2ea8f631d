import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../errors.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../../testing/test-certificate.ts';
import { coversHost } from './certificate-names.ts';
import { checkImport } from './check-import.ts';
import { issueForHost, makeAuthority } from './issue.ts';
import { certificatesIn } from './testing/certificates-in.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

async function madeElsewhere(name: string, from = new Date()) {
  const folder = temporaryFolder();
  const { authority } = certificatesIn(folder, []);
  const { pem, key, notAfter } = await authority.ensure();
  return issueForHost({ certificate: pem, key, notAfter }, name, from);
}

function faultsOf(input: { certificate: string; key: string }, now = Date.now()): string[] {
  try {
    checkImport(input, now);
  } catch (error) {
    return (error as ValidationError).faults.map(({ field, message }) => `${field} ${message}`);
  }
  return [];
}

describe('checkImport', () => {
  it('takes a certificate with its chain and its key, also where there is more in the file', async () => {
    const made = await madeElsewhere('*.shop.example');
    const chained = `Bag Attributes\r\n${made.certificate}\n${(await makeAuthority('aaaaaa', new Date())).certificate}`;

    const checked = checkImport({ certificate: chained, key: made.key }, Date.now());

    expect(checked.names).toEqual(['*.shop.example']);
    expect(checked.certificate.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  it('names everything that is wrong', async () => {
    const made = await madeElsewhere('shop.example');
    const encrypted = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
    }).privateKey;

    expect(faultsOf({ certificate: 'nothing', key: 'nothing' })).toEqual([
      expect.stringMatching(/^certificate holds no PEM certificate/),
      expect.stringMatching(/^key is not a private key/),
    ]);
    expect(faultsOf({ certificate: made.certificate, key: TEST_KEY })).toEqual([
      'key does not belong to the certificate',
    ]);
    expect(faultsOf({ certificate: made.certificate, key: encrypted })).toEqual([
      expect.stringMatching(/^key is encrypted with a passphrase\. Decrypt it first/),
    ]);
    expect(faultsOf(made, Date.now() + 500 * DAY_MS)).toEqual([expect.stringMatching(/^certificate expired on 20/)]);
    expect(faultsOf(made, Date.now() - 500 * DAY_MS)).toEqual([
      expect.stringMatching(/^certificate is not valid before 20/),
    ]);
    expect(faultsOf({ certificate: made.certificate.replace(/\w{20}/, 'A'.repeat(20)), key: made.key })).toEqual([
      expect.stringMatching(/^certificate is damaged/),
    ]);
    const authority = await makeAuthority('aaaaaa', new Date());
    expect(faultsOf(authority)).toEqual([expect.stringMatching(/^certificate names no host/)]);
  });
});

describe('ImportedCertificates', () => {
  it('win over made ones for their names, an exact name over a wildcard, until they are removed', async () => {
    const folder = temporaryFolder();
    const first = certificatesIn(folder, ['www.shop.example']);
    const [wildcard, exact] = await Promise.all([madeElsewhere('*.shop.example'), madeElsewhere('www.shop.example')]);
    await first.imported.add(wildcard);
    await first.imported.add(exact);

    const { imported } = certificatesIn(folder, []);
    const keyFor = async (host: string) => (await imported.find(host))?.key;

    expect(await keyFor('www.shop.example')).toBe(exact.key);
    expect(await keyFor('a.shop.example')).toBe(wildcard.key);
    expect(await keyFor('shop.example')).toBeUndefined();
    expect(await keyFor('a.b.shop.example')).toBeUndefined();
    await imported.remove('WWW.shop.example');
    expect(await keyFor('www.shop.example')).toBe(wildcard.key);
    await expect(imported.remove('a.shop.example')).rejects.toThrow('No imported certificate is for a.shop.example.');
  });

  it('are kept for this user alone, and replaced by their successors', async () => {
    const folder = temporaryFolder();
    const { imported } = certificatesIn(folder, []);
    await imported.add(await madeElsewhere('shop.example'));
    await imported.add(await madeElsewhere('shop.example'));

    const files = readdirSync(join(folder, 'imported'));
    expect(files).toHaveLength(1);
    expect(statSync(join(folder, 'imported', files[0] ?? '')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'imported')).mode & 0o777).toBe(0o700);
  });

  it('change nothing when they are refused', async () => {
    const folder = temporaryFolder();
    const { imported } = certificatesIn(folder, []);
    const made = await madeElsewhere('shop.example');

    await expect(imported.add({ ...made, key: TEST_KEY })).rejects.toBeInstanceOf(ValidationError);
    expect(await imported.list()).toEqual([]);
    expect((await imported.add({ certificate: TEST_CERTIFICATE, key: TEST_KEY })).names).toEqual(['localhost']);
  });
});

it.each([
  ['a.example', 'a.example', true],
  ['*.example', 'a.example', true],
  ['*.example', 'a.b.example', false],
  ['*.example', 'example', false],
  ['*.example', '.example', false],
  ['a.example', 'b.a.example', false],
])('%s covers %s: %s', (pattern, host, expected) => {
  expect(coversHost(pattern, host)).toBe(expected);
});
