import { X509Certificate } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../../testing/test-certificate.ts';
import { commonName, LocalAuthority } from './authority.ts';
import { silent } from './testing/certificates-in.ts';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe('LocalAuthority', () => {
  it('is made on first use, for this user alone, and is the same afterwards', async () => {
    const folder = join(temporaryFolder(), 'certificates');
    const authority = new LocalAuthority(folder, silent);
    expect(await authority.find()).toBeNull();
    expect(existsSync(folder)).toBe(false);

    const [one, two] = await Promise.all([authority.ensure(), authority.ensure()]);
    const again = await new LocalAuthority(folder, silent).find();

    expect(two).toBe(one);
    expect(again?.certificate.fingerprint256).toBe(one.certificate.fingerprint256);
    expect([modeOf(folder), modeOf(authority.keyFile), modeOf(authority.certificateFile)]).toEqual([
      '700',
      '600',
      '600',
    ]);
  });

  it('may sign host certificates and nothing else', async () => {
    const { certificate } = await new LocalAuthority(temporaryFolder(), silent).ensure();
    const text = new X509Certificate(certificate.raw).toLegacyObject();

    expect(commonName(certificate)).toMatch(/^Orion Studio local authority \([0-9a-f]{6}\)$/);
    expect(certificate.ca).toBe(true);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(text.asn1Curve ?? text.nistCurve).toBeDefined();
    const years = (certificate.validToDate.getTime() - Date.now()) / YEAR_MS;
    expect(years).toBeGreaterThan(5);
    expect(years).toBeLessThanOrEqual(10);
  });

  it('closes a key file that others could read', async () => {
    const folder = temporaryFolder();
    const { keyFile } = new LocalAuthority(folder, silent);
    const made = await new LocalAuthority(folder, silent).ensure();
    chmodSync(keyFile, 0o644);

    const found = await new LocalAuthority(folder, silent).find();

    expect(found?.certificate.fingerprint256).toBe(made.certificate.fingerprint256);
    expect(modeOf(keyFile)).toBe('600');
  });

  it.each([
    ['a damaged key', 'authority.key', 'nonsense', /authority\.key cannot be read: it is damaged/],
    ['a damaged certificate', 'authority.crt', 'nonsense', /authority\.crt cannot be read: it is damaged/],
    ['the key of another certificate', 'authority.key', TEST_KEY, /does not belong to/],
    ['an authority of someone else', 'authority.crt', TEST_CERTIFICATE, /not an authority that Orion Studio made/],
  ])('refuses %s, says what to do, and can be renewed', async (_what, file, text, message) => {
    const folder = temporaryFolder();
    const made = await new LocalAuthority(folder, silent).ensure();
    writeFileSync(join(folder, file), text);
    const authority = new LocalAuthority(folder, silent);

    await expect(authority.find()).rejects.toThrow(message);
    await expect(authority.ensure()).rejects.toThrow('orion cert renew');
    expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
    const renewed = await authority.renew();
    expect(renewed.certificate.fingerprint256).not.toBe(made.certificate.fingerprint256);
    expect((await authority.ensure()).certificate.fingerprint256).toBe(renewed.certificate.fingerprint256);
  });

  it('refuses a key that is missing, a folder or a link to elsewhere', async () => {
    for (const spoil of [
      () => undefined,
      (file: string) => mkdirSync(file),
      (file: string) => symlinkSync('/dev/null', file),
    ]) {
      const folder = temporaryFolder();
      const { keyFile } = new LocalAuthority(folder, silent);
      await new LocalAuthority(folder, silent).ensure();
      rmSync(keyFile);
      spoil(keyFile);

      await expect(new LocalAuthority(folder, silent).ensure()).rejects.toThrow(/is missing|not a file of its own/);
    }
  });

  it('makes one where only a key was left by a start that was cut short', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'authority.key'), 'half');

    expect((await new LocalAuthority(folder, silent).ensure()).certificate.ca).toBe(true);
  });

  it('is one whole authority however many are made at once', async () => {
    const folder = temporaryFolder();
    const authority = new LocalAuthority(folder, silent);
    const made = await Promise.all([authority.ensure(), authority.renew(), authority.renew(), authority.renew()]);
    const kept = await new LocalAuthority(folder, silent).find();

    expect(kept?.certificate.fingerprint256).toBe(made.at(-1)?.certificate.fingerprint256);
    expect(readdirSync(folder).sort()).toEqual(['authority.crt', 'authority.key']);
  });

  it('leaves nothing that a start would refuse when a renewal is cut short between its files', async () => {
    const folder = temporaryFolder();
    const authority = new LocalAuthority(folder, silent);
    await authority.ensure();
    // The key cannot be written: as far as a killed process gets.
    rmSync(authority.keyFile);
    mkdirSync(join(authority.keyFile, 'in the way'), { recursive: true });
    await expect(authority.renew()).rejects.toThrow();
    rmSync(authority.keyFile, { recursive: true });

    expect(await new LocalAuthority(folder, silent).ensure()).toBeDefined();
  });

  it('refuses one that has expired', async () => {
    const folder = temporaryFolder();
    await new LocalAuthority(folder, silent).ensure();
    const later = () => Date.now() + 11 * YEAR_MS;

    await expect(new LocalAuthority(folder, silent, later).ensure()).rejects.toThrow(
      /expired on 20\d\d-\d\d-\d\d\. Make/,
    );
  });
});
