import { createToken, hashToken } from './tokens.ts';

/** What a link signs its holder in to. */
export type SignInGrant =
  | { readonly kind: 'console' }
  | { readonly kind: 'staff'; readonly userId: string; readonly storeId: number };

const MAX_LINKS = 1000;

/** One-time sign-in links, in memory: they end with the server, and each works once. */
export class SignInLinks {
  readonly #grants = new Map<string, { readonly grant: SignInGrant; readonly expiresAt: number }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Makes the token of a link that is valid for `validMs`. */
  create(grant: SignInGrant, validMs: number): string {
    const token = createToken();
    this.#grants.set(hashToken(token), { grant, expiresAt: this.#now() + validMs });
    const [oldest] = this.#grants.keys();
    if (this.#grants.size > MAX_LINKS && oldest !== undefined) this.#grants.delete(oldest);
    return token;
  }

  /**
   * What the token grants; null when it is unknown, used, expired, or not for `wanted`. Only a match ends it, so a
   * link that was opened in the wrong place still works in the right one.
   */
  redeem(token: string, wanted: { readonly kind: SignInGrant['kind']; readonly storeId?: number }): SignInGrant | null {
    const key = hashToken(token);
    const found = this.#grants.get(key);
    if (!found || found.grant.kind !== wanted.kind) return null;
    if (wanted.storeId !== undefined && (found.grant.kind !== 'staff' || found.grant.storeId !== wanted.storeId))
      return null;
    this.#grants.delete(key);
    return found.expiresAt > this.#now() ? found.grant : null;
  }
}
