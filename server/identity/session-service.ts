import type { PlatformDatabase } from '../database/platform-database.ts';
import { memberships, sessions, users } from '../database/platform-tables.ts';
import type { Caller, Via } from './caller.ts';
import type { SignInGrant, SignInLinks, WantedGrant } from './sign-in-links.ts';
import { createToken, hashToken } from './tokens.ts';

/** Twelve hours: a working day. */
export const SESSION_MS = 12 * 60 * 60 * 1000;

/** Sessions of people; only a hash of each token is kept. */
export class SessionService {
  readonly #platform: PlatformDatabase;

  constructor(platform: PlatformDatabase) {
    this.#platform = platform;
  }

  /** Begins a session; the token is for the holder alone. */
  async begin(grant: SignInGrant): Promise<string> {
    const token = createToken();
    const now = new Date();
    await this.#platform.transaction(async (inside) => {
      await inside.table(sessions).delete({ expiresAt: { below: now } });
      await inside.table(sessions).insert({
        tokenHash: hashToken(token),
        kind: grant.kind,
        userId: grant.kind === 'staff' ? grant.userId : null,
        storeId: grant.kind === 'staff' ? grant.storeId : null,
        createdAt: now,
        expiresAt: new Date(now.getTime() + SESSION_MS),
      });
    });
    return token;
  }

  /**
   * Uses up a sign-in link and begins its session. When the session cannot be begun, the link still works.
   * @returns the session's token, or null when the link is not valid for `wanted`
   */
  async beginFrom(links: SignInLinks, token: string, wanted: WantedGrant): Promise<string | null> {
    const grant = links.redeem(token, wanted);
    if (!grant) return null;
    try {
      return await this.begin(grant);
    } catch (error) {
      links.restore(token, grant);
      throw error;
    }
  }

  /** Who holds a token; null when it is unknown or expired, or when its holder is no member any more. */
  async find(token: string, via: Via): Promise<Caller | null> {
    const session = await this.#platform
      .table(sessions)
      .findOne({ where: { tokenHash: hashToken(token), expiresAt: { above: new Date() } } });
    if (!session) return null;
    if (session.kind === 'console') return { kind: 'console', actor: 'console', via };
    const { userId, storeId } = session;
    if (userId === null || storeId === null) return null;
    const member = await this.#platform.table(memberships).findOne({ where: { userId, storeId } });
    const user = member ? await this.#platform.table(users).findOne({ where: { id: userId } }) : null;
    return member && user ? { kind: 'staff', via, userId, email: user.email, storeId, role: member.role } : null;
  }

  async end(token: string): Promise<void> {
    await this.#platform.table(sessions).delete({ tokenHash: hashToken(token) });
  }
}
