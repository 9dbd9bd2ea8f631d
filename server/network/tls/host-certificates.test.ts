import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { certificateName } from './certificate-names.ts';
import { issueForHost } from './issue.ts';
import { certificatesIn } from './testing/certificates-in.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

function filesOf(folder: string): string[] {
  return readdirSync(join(folder, 'hosts')).sort();
}

function leafOf(folder: string, name: string): X509Certificate {
  return new X509Certificate(readFileSync(join(folder, `hosts/host_${name}.pem`)));
}

describe('HostCertificates', () => {
  it('makes one for exactly the name that was asked for, signed by the authority', async () => {
    const folder = temporaryFolder();
    const { hosts, authority } = certificatesIn(folder, ['techstore.localhost']);
    await hosts.contextFor('TechStore.localhost.');

    const leaf = leafOf(folder, 'techstore.localhost');
    const { certificate } = await authority.ensure();

    expect(leaf.subjectAltName).toBe('DNS:techstore.localhost');
    expect(leaf.checkIssued(certificate) && leaf.verify(certificate.publicKey)).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.checkHost('techstore.localhost')).toBe('techstore.localhost');
    expect(leaf.checkHost('fashion.localhost')).toBeUndefined();
    expect(leaf.validFromDate.getTime()).toBeLessThan(Date.now());
    expect(leaf.validToDate.getTime() - leaf.validFromDate.getTime()).toBeLessThanOrEqual(397 * DAY_MS);
    expect(statSync(join(folder, 'hosts/host_techstore.localhost.pem')).mode & 0o777).toBe(0o600);
  });

  it.each(['evil.example', '*.localhost', '127.0.0.1', '::1', '../../etc/passwd', '', 'a'.repeat(300), 'CON'])(
    'makes none for %j: it gets the certificate of the platform',
    async (servername) => {
      const folder = temporaryFolder();
      const { hosts } = certificatesIn(folder, ['localhost', '*.localhost', '127.0.0.1', '../../etc/passwd']);

      expect(await hosts.contextFor(servername)).toBe(await hosts.contextFor('localhost'));
      expect(filesOf(folder)).toEqual(['host_localhost.pem']);
    },
  );

  it('makes one certificate however many ask at once, and keeps it across restarts', async () => {
    const folder = temporaryFolder();
    const { hosts } = certificatesIn(folder, ['a.localhost']);
    const contexts = await Promise.all(Array.from({ length: 20 }, () => hosts.contextFor('a.localhost')));
    const { fingerprint256 } = leafOf(folder, 'a.localhost');

    expect(new Set(contexts).size).toBe(1);
    await certificatesIn(folder, ['a.localhost']).hosts.contextFor('a.localhost');
    expect(leafOf(folder, 'a.localhost').fingerprint256).toBe(fingerprint256);
  });

  it('makes a new one before the old one expires, also while it runs', async () => {
    const folder = temporaryFolder();
    let now = Date.now();
    const { hosts } = certificatesIn(folder, ['a.localhost'], () => now);
    await hosts.contextFor('a.localhost');
    const first = leafOf(folder, 'a.localhost');

    now = first.validToDate.getTime() - 31 * DAY_MS;
    await hosts.contextFor('a.localhost');
    expect(leafOf(folder, 'a.localhost').fingerprint256).toBe(first.fingerprint256);
    now = first.validToDate.getTime() - 29 * DAY_MS;
    await hosts.contextFor('a.localhost');

    expect(leafOf(folder, 'a.localhost').validToDate.getTime()).toBeGreaterThan(now + 300 * DAY_MS);
  });

  it('makes a new one for a damaged file, and after the authority was renewed', async () => {
    const folder = temporaryFolder();
    const { hosts } = certificatesIn(folder, ['a.localhost']);
    await hosts.contextFor('a.localhost');
    const file = join(folder, 'hosts/host_a.localhost.pem');
    writeFileSync(file, 'half a certif');

    const second = certificatesIn(folder, ['a.localhost']);
    await second.hosts.contextFor('a.localhost');
    const renewed = await second.authority.renew();
    await second.hosts.forgetAll();
    await second.hosts.contextFor('a.localhost');

    expect(leafOf(folder, 'a.localhost').verify(renewed.certificate.publicKey)).toBe(true);
  });
});

const label = fc.stringMatching(/^[a-zA-Z0-9_-]{1,63}$/);
const hostName = fc.oneof(
  fc.domain(),
  fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.')),
  fc.string(),
);

describe('certificateName', () => {
  it('gives a name that is its own certificate name, and never a wildcard, an address or a path', () => {
    fc.assert(
      fc.property(hostName, (text) => {
        const name = certificateName(text);
        if (name === null) return;
        expect(name).toMatch(/^[a-z0-9_.-]+$/);
        expect(name).not.toMatch(/^\.|\.\.|\.$|\*|^[\d.]+$/);
        expect(certificateName(name)).toBe(name);
        expect(certificateName(`${text.toUpperCase().replace(/\.$/, '')}.`)).toBe(name);
      }),
    );
  });

  it('is what the certificate made for it is for, and for nothing else', async () => {
    const { authority } = certificatesIn(temporaryFolder(), []);
    const { pem, key, notAfter, certificate } = await authority.ensure();
    await fc.assert(
      fc.asyncProperty(fc.domain(), fc.domain(), async (text, other) => {
        const name = certificateName(text);
        fc.pre(name !== null && certificateName(other) !== name);
        const made = await issueForHost({ certificate: pem, key, notAfter }, name ?? '', new Date());
        const leaf = new X509Certificate(made.certificate);

        expect(leaf.subjectAltName).toBe(`DNS:${name}`);
        expect(leaf.checkHost(name ?? '')).toBe(name);
        expect(leaf.checkHost(other)).toBeUndefined();
        expect(leaf.checkHost(`www.${name}`)).toBeUndefined();
        expect(leaf.verify(certificate.publicKey)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
