import type { PlatformDatabase } from '../../database/platform-database.ts';
import { type StoreDomainRecord, storeDomains } from '../../database/platform-tables.ts';
import { NotFoundError } from '../../errors.ts';
import type { DomainResolver } from '../../network/dns/domain-resolver.ts';
import { type CertificateFound, checkDomain } from './domain-checks.ts';
import type { DomainPair, DomainTarget } from './domain-records.ts';
import { settlePrimary } from './primary-domain.ts';

/** A store, as its domains need it. */
export interface DomainOwner {
  readonly id: number;
  readonly code: string;
}

export interface VerificationParts {
  readonly platform: PlatformDatabase;
  /** Which DNS is asked. */
  readonly resolver: () => Promise<DomainResolver>;
  /** Where domains have to point. */
  readonly target: () => Promise<DomainTarget>;
  /** True for a token that stands for another store without being one's. */
  readonly isStandInToken: (token: string) => boolean;
  readonly certificateOf: (domain: string) => Promise<CertificateFound>;
}

export interface Verifying {
  /** `administrator` asks nobody. */
  readonly method: 'dns' | 'file' | 'administrator';
  /** For the audit log. */
  readonly actor: string;
}

/** Proves domains, and keeps what was found. */
export class DomainVerification {
  readonly #parts: VerificationParts;
  /** Checks under way, by store, method and domain: whoever asks meanwhile waits for the same one. */
  readonly #checking = new Map<string, Promise<boolean>>();

  constructor(parts: VerificationParts) {
    this.#parts = parts;
  }

  /**
   * Looks at a domain, or takes it as proven. What is verified stays verified.
   * @returns whether a domain of the store was verified by this
   * @throws {NotFoundError} when the domain is removed meanwhile
   */
  run(store: DomainOwner, pair: DomainPair, verifying: Verifying): Promise<boolean> {
    const { method, actor } = verifying;
    if (method === 'administrator') return this.#trust(store, pair.row, actor);
    const key = `${store.id} ${method} ${pair.row.domain}`;
    const running = this.#checking.get(key);
    if (running) return running;
    const look = this.#look(store, pair, { method, actor }).finally(() => this.#checking.delete(key));
    this.#checking.set(key, look);
    return look;
  }

  async #look(
    store: DomainOwner,
    pair: DomainPair,
    { method, actor }: Verifying & { readonly method: 'dns' | 'file' },
  ): Promise<boolean> {
    const { target, resolver, certificateOf, platform } = this.#parts;
    const isOthersToken = (token: string) => this.#isOthersToken(store, token);
    const outside = { target: await target(), resolver: await resolver() };
    const checks = await checkDomain({ ...pair, ...outside, method, certificateOf, isOthersToken });
    const isProven = checks[0]?.verdict === 'ok';
    const isVerified = pair.row.isVerified || isProven;
    const wrong = checks.filter(({ verdict }) => verdict === 'failed');
    // Before it is verified, a domain may well lead to where it was before.
    const fault = wrong.find(
      ({ id, found }) => isVerified || (id !== 'www' && !(id === 'address' && found.length > 0)),
    );
    const found = { checks, checkedAt: new Date(), lastFault: fault?.message ?? null };
    // A record proves the name with `www.` as well.
    const proves = method === 'dns' && pair.twin ? [pair.row, pair.twin] : [pair.row];
    return platform.transaction(async (inside) => {
      const changed = await inside.table(storeDomains).update({ id: pair.row.id, storeId: store.id }, found);
      if (changed === 0) throw unknownDomain(pair.row.domain);
      let isNews = false;
      if (isProven) for (const row of proves) isNews = (await markVerified(inside, row, { method, actor })) || isNews;
      if (isNews) await settlePrimary(inside, store.id);
      return isNews;
    });
  }

  #trust(store: DomainOwner, row: StoreDomainRecord, actor: string): Promise<boolean> {
    return this.#parts.platform.transaction(async (inside) => {
      if (!(await markVerified(inside, row, { method: 'administrator', actor }))) return false;
      await inside.table(storeDomains).update({ id: row.id }, { lastFault: null });
      await settlePrimary(inside, store.id);
      return true;
    });
  }

  async #isOthersToken(store: DomainOwner, token: string): Promise<boolean> {
    if (this.#parts.isStandInToken(token)) return true;
    const row = await this.#parts.platform.table(storeDomains).findOne({ where: { verificationToken: token } });
    return row !== null && row.storeId !== store.id;
  }
}

/** Writes down that a domain is verified; false when it was, or is not there any more. */
async function markVerified(
  inside: PlatformDatabase,
  { id, storeId, domain }: StoreDomainRecord,
  { method, actor }: Verifying,
): Promise<boolean> {
  const verified = { isVerified: true, verifiedBy: method, verifiedAt: new Date() };
  if ((await inside.table(storeDomains).update({ id, isVerified: false }, verified)) === 0) return false;
  await inside.audit({ actor, storeId, action: 'domain.verify', resource: domain, changes: { method } });
  return true;
}

/** Of a store that has no such domain. */
export function unknownDomain(domain: string): NotFoundError {
  return new NotFoundError(`The store has no domain "${domain}".`, 'domain_not_found');
}
