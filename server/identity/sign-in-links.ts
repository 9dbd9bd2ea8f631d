import { createToken, hashToken } from './tokens.ts';

/** What a link signs its holder in to. */
export type SignInGrant =
  | { readonly kind: 'console' }
  | { readonly kind: 'staff'; readonly userId: string; readonly storeId: number };

/** What a link has to be for where it is used. */
export interface WantedGrant {
  readonly kind: SignInGrant['kind'];
  readonly storeId?: number;
}

/** How long a link lives on that was used but could not begin its session. */
const RESTORED_MS = 15 * 60 * 1000;
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
    this.#keep(token, grant, validMs);
    return token;
  }

  /** Makes a link usable again whose session could not be begun. */
  restore(token: string, grant: SignInGrant): void {
    this.#keep(token, grant, RESTORED_MS);
  }

  /**
   * What the token grants; null when it is unknown, used, expired, or not for `wanted`. Only a match ends it, so a
   * link that was opened in the wrong place still works in the right one.
   */
  redeem(token: string, wanted: WantedGrant): SignInGrant | null {
    const key = hashToken(token);
    const found = this.#grants.get(key);
    if (!found || found.grant.kind !== wanted.kind) return null;
    if (wanted.storeId !== undefined && (found.grant.kind !== 'staff' || found.grant.storeId !== wanted.storeId))
      return null;
    this.#grants.delete(key);
    return found.expiresAt > this.#now() ? found.grant : null;
  }

  #keep(token: string, grant: SignInGrant, validMs: number): void {
    this.#grants.set(hashToken(token), { grant, expiresAt: this.#now() + validMs });
    const [oldest] = this.#grants.keys();
    if (this.#grants.size > MAX_LINKS && oldest !== undefined) this.#grants.delete(oldest);
  }
}
