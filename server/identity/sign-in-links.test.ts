import { describe, expect, it } from 'vitest';
import type { PlatformDatabase } from '../database/platform-database.ts';
import { SessionService } from './session-service.ts';
import { SignInLinks } from './sign-in-links.ts';
import { createToken, hashToken, sameToken } from './tokens.ts';

describe('SignInLinks', () => {
  it('work once, for what they were made for, until they expire', () => {
    let now = 0;
    const links = new SignInLinks(() => now);
    const token = links.create({ kind: 'console' }, 1000);

    expect(links.redeem(token, { kind: 'staff' })).toBeNull();
    expect(links.redeem(token, { kind: 'console' })).toEqual({ kind: 'console' });
    expect(links.redeem(token, { kind: 'console' })).toBeNull();
    const late = links.create({ kind: 'console' }, 1000);
    now = 1001;
    expect(links.redeem(late, { kind: 'console' })).toBeNull();
    expect(links.redeem('guess', { kind: 'console' })).toBeNull();
  });

  it('still work when their session could not be begun', async () => {
    const links = new SignInLinks();
    const token = links.create({ kind: 'console' }, 1000);
    const broken = { transaction: () => Promise.reject(new Error('the disk is full')) } as unknown as PlatformDatabase;

    await expect(new SessionService(broken).beginFrom(links, token, { kind: 'console' })).rejects.toThrow('full');
    expect(links.redeem(token, { kind: 'console' })).toEqual({ kind: 'console' });
  });

  it('opened at the wrong store stay usable at the right one', () => {
    const links = new SignInLinks();
    const grant = { kind: 'staff', userId: 'u', storeId: 1 } as const;
    const token = links.create(grant, 1000);

    expect(links.redeem(token, { kind: 'staff', storeId: 2 })).toBeNull();
    expect(links.redeem(token, { kind: 'staff', storeId: 1 })).toEqual(grant);
  });
});

it('tokens are long, differ, and are kept as hashes only', () => {
  const [one, two] = [createToken(), createToken()];
  expect(one).toMatch(/^[\w-]{43}$/);
  expect(sameToken(one, two)).toBe(false);
  expect(sameToken(one, one)).toBe(true);
  expect(hashToken(one)).not.toContain(one);
});
