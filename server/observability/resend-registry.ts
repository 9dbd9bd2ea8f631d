import type { StoreSummary } from '../tenancy/resolution.ts';

/** What is known of a request before the server sends it to itself. */
export interface Resend {
  /** The request that it repeats; null when it was made up. */
  readonly resentFrom: string | null;
  /** Whose theme settings the page is shown with; null: the store's own. */
  readonly themeOf: StoreSummary | null;
}

/**
 * Requests that this server is about to send to itself, by their ids. The ids are random and live for one request,
 * and nothing about them goes over the wire but `X-Request-Id`: nobody outside can make a request count as sent again.
 */
export class ResendRegistry {
  readonly #resends = new Map<string, Resend>();

  /** Announces a request. Whoever announces it calls {@link forget} when its trace is recorded. */
  announce(requestId: string, resend: Resend): void {
    this.#resends.set(requestId, resend);
  }

  /** What was announced for a request; null for everyone else's. */
  find(requestId: string): Resend | null {
    return this.#resends.size === 0 ? null : (this.#resends.get(requestId) ?? null);
  }

  forget(requestId: string): void {
    this.#resends.delete(requestId);
  }
}
