/** Inside the app, https is accepted without trust for what the platform's own authority signed, and for nothing else. */
import { beforeAll, describe, expect, it } from 'vitest';
import { isOwn } from './certificate-trust.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
const NOW = Date.UTC(2026, 5, 1);
const DAY_MS = 24 * 60 * 60 * 1000;

interface Made {
  readonly authority: string;
  readonly leafFor: (name: string, days?: number) => Promise<string>;
}

/** An authority and what it signs. All have the same subject: a name alone must not be enough. */
async function makeAuthority(): Promise<Made> {
  // The library's container asks for declarations that only decorators would make.
  Object.assign(Reflect, { getMetadata: () => undefined, getOwnMetadata: () => undefined });
  const x509 = await import('@peculiar/x509');
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const [notBefore, notAfter] = [new Date(NOW - DAY_MS), new Date(NOW + 300 * DAY_MS)];
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Orion Studio local authority',
    keys,
    notBefore,
    notAfter,
    signingAlgorithm: SIGNING,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const leafFor = async (name: string, days = 100) => {
    const own = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
    const leaf = await x509.X509CertificateGenerator.create({
      subject: `CN=${name}`,
      issuer: authority.subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      notBefore,
      notAfter: new Date(NOW + days * DAY_MS),
      signingAlgorithm: SIGNING,
      extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
    });
    return leaf.toString('pem');
  };
  return { authority: authority.toString('pem'), leafFor };
}

describe('isOwn', () => {
  let own: Made;
  let stranger: Made;
  beforeAll(async () => {
    [own, stranger] = await Promise.all([makeAuthority(), makeAuthority()]);
  });

  it('accepts what the authority signed for this name', async () => {
    expect(isOwn('shop.example', await own.leafFor('shop.example'), own.authority, NOW)).toBe(true);
  });

  it('refuses another name, another time, and no authority', async () => {
    const leaf = await own.leafFor('shop.example', 1);
    expect(isOwn('other.example', leaf, own.authority, NOW)).toBe(false);
    expect(isOwn('shop.example', leaf, own.authority, NOW + 2 * DAY_MS)).toBe(false);
    expect(isOwn('shop.example', leaf, own.authority, NOW - 2 * DAY_MS)).toBe(false);
    expect(isOwn('shop.example', leaf, null, NOW)).toBe(false);
  });

  it('refuses a wildcard: the platform gives each name a certificate of its own', async () => {
    expect(isOwn('a.example', await own.leafFor('*.example'), own.authority, NOW)).toBe(false);
  });

  it('refuses a stranger that took the same name, and the authority itself', async () => {
    expect(isOwn('shop.example', await stranger.leafFor('shop.example'), own.authority, NOW)).toBe(false);
    expect(isOwn('Orion Studio local authority', own.authority, own.authority, NOW)).toBe(false);
  });

  it('refuses what cannot be read', () => {
    expect(isOwn('shop.example', 'not a certificate', own.authority, NOW)).toBe(false);
    expect(isOwn('shop.example', own.authority, 'not a certificate', NOW)).toBe(false);
  });
});
