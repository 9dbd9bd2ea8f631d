import { describe, expect, it } from 'vitest';
import { SignInLinks } from './sign-in-links.ts';
import { createToken, hashToken, sameToken } from './tokens.ts';

describe('SignInLinks', () => {
  it('work once, for what they were made for, until they expire', () => {
    let now = 0;
    const links = new SignInLinks(() => now);
    const token = links.create({ kind: 'console' }, 1000);

    expect(links.redeem(token, 'staff')).toBeNull();
    expect(links.redeem(token, 'console')).toEqual({ kind: 'console' });
    expect(links.redeem(token, 'console')).toBeNull();
    const late = links.create({ kind: 'console' }, 1000);
    now = 1001;
    expect(links.redeem(late, 'console')).toBeNull();
    expect(links.redeem('guess', 'console')).toBeNull();
  });
});

it('tokens are long, differ, and are kept as hashes only', () => {
  const [one, two] = [createToken(), createToken()];
  expect(one).toMatch(/^[\w-]{43}$/);
  expect(sameToken(one, two)).toBe(false);
  expect(sameToken(one, one)).toBe(true);
  expect(hashToken(one)).not.toContain(one);
});
