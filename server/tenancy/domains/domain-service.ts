import type { z } from 'zod';
import type { addDomainInput, changeDomainInput, DomainGuide, StoreDomain } from '../../contract/domains.ts';
import { UniqueViolationError } from '../../database/database-error.ts';
import type { PlatformDatabase } from '../../database/platform-database.ts';
import { type StoreDomainRecord, storeDomains } from '../../database/platform-tables.ts';
import { ConflictError, ValidationError } from '../../errors.ts';
import type { StoreDirectory } from '../store-directory.ts';
import type { StoreEvents } from '../store-events.ts';
import { type Audience, addDomains, addFaults } from './add-domains.ts';
import { guideOf, pairOf, presentDomain } from './domain-guide.ts';
import { readDomain, twinOf } from './domain-name.ts';
import type { DomainPair } from './domain-records.ts';
import { type DomainOwner, DomainVerification, unknownDomain, type VerificationParts } from './domain-verification.ts';
import { type DomainWarning, isReservedName, realSiteWarning } from './domain-warnings.ts';
import { makePrimary, settlePrimary } from './primary-domain.ts';

export interface DomainServiceParts extends VerificationParts {
  readonly directory: Pick<StoreDirectory, 'forget'>;
  readonly events: StoreEvents;
  readonly platformDomain: string;
  /** The address of a real site of this name, or null; never throws. */
  readonly realSiteAt: (domain: string) => Promise<string | null>;
  /** Told after every change and every check. */
  readonly onChanged: () => void;
}

/** Who asks, and how they write addresses. */
export interface DomainCaller {
  /** For the audit log. */
  readonly actor: string;
  /** An owner is never told of other stores. */
  readonly audience: Audience;
  readonly urlOf: (domain: string) => string;
}

type AddInput = z.output<typeof addDomainInput>;
type ChangeInput = z.output<typeof changeDomainInput>;

/** The domains of stores: adding, proving, choosing and removing them. */
export class DomainService {
  readonly #parts: DomainServiceParts;
  readonly #verification: DomainVerification;

  constructor(parts: DomainServiceParts) {
    this.#parts = parts;
    this.#verification = new DomainVerification(parts);
  }

  /** A store's domains, the primary one first. */
  async list(store: DomainOwner, caller: Pick<DomainCaller, 'urlOf'>): Promise<StoreDomain[]> {
    const rows = await this.#rows(store);
    return rows.map((row) => presentDomain(pairOf(row, rows), this.#presenting(caller)));
  }

  /** What would be said of a domain that is typed; nothing is added. */
  async check(store: DomainOwner, text: string, { audience }: Pick<DomainCaller, 'audience'>) {
    const { domain, displayName, fault, warnings } = readDomain(text, this.#parts.platformDomain);
    if (fault !== null)
      return { domain, displayName, faults: [{ field: 'domain', message: fault }], warnings: [], twin: null };
    const faults = await addFaults(this.#parts.platform, store, [domain], audience);
    return {
      domain,
      displayName,
      faults,
      warnings: [...warnings, ...(await this.#realSite(domain))],
      twin: twinOf(domain),
    };
  }

  /**
   * Adds a domain, which answers once it is verified.
   * @throws {ValidationError} when it is no domain that a store can have
   * @throws {ConflictError} when it is taken, or when the store has too many
   */
  async add(store: DomainOwner, input: AddInput, caller: DomainCaller): Promise<DomainGuide> {
    const { platform, platformDomain } = this.#parts;
    const { domain, fault } = readDomain(input.domain, platformDomain);
    if (fault !== null)
      throw new ValidationError(`The domain was not added: ${fault}`, [{ field: 'domain', message: fault }]);
    const twin = input.withTwin ? twinOf(domain) : null;
    const lost = await addDomains(platform, store, { domain, twin }, caller);
    this.#announce(store);
    for (const loser of lost) this.#announce(loser);
    return this.guide(store, domain, caller);
  }

  /** @throws {NotFoundError} when the store has no such domain */
  async guide(store: DomainOwner, domain: string, caller: Pick<DomainCaller, 'urlOf'>): Promise<DomainGuide> {
    const pair = await this.#pair(store, domain);
    const [target, { kind }, certificate] = await Promise.all([
      this.#parts.target(),
      this.#parts.resolver(),
      // It comes and goes without a check of the domain.
      pair.row.isVerified ? this.#parts.certificateOf(pair.row.domain) : null,
    ]);
    return guideOf(pair, { target, resolver: kind, certificate }, this.#presenting(caller));
  }

  /**
   * Makes a domain the primary one, or switches it on or off. A primary domain that is switched off hands over to another.
   * @throws {ConflictError} when a domain that does not answer is to be the primary one
   */
  async change(store: DomainOwner, domain: string, input: ChangeInput, caller: DomainCaller): Promise<StoreDomain> {
    const row = await this.#row(store, domain);
    const isActive = input.isActive ?? row.isActive;
    if (input.isPrimary && !(row.isVerified && isActive))
      throw new ConflictError(
        'domain_not_ready',
        `${row.domain} cannot be the primary domain while it is ${row.isVerified ? 'switched off' : 'not verified'}.`,
      );
    const changes = {
      ...(isActive === row.isActive ? {} : { isActive }),
      ...(input.isPrimary && !row.isPrimary ? { isPrimary: true } : {}),
    };
    if (Object.keys(changes).length > 0) {
      await this.#write(async (inside) => {
        if ('isActive' in changes) await inside.table(storeDomains).update({ id: row.id }, { isActive });
        if ('isPrimary' in changes) await makePrimary(inside, row);
        const entry = { action: 'domain.change', resource: row.domain, changes, actor: caller.actor };
        await inside.audit({ ...entry, storeId: store.id });
      }, store);
    }
    const pair = await this.#pair(store, domain);
    return presentDomain(pair, this.#presenting(caller));
  }

  /**
   * Looks whether a domain is proven and where it leads, and keeps what was found. What is verified stays verified.
   * @param method `administrator` asks nobody
   * @throws {NotFoundError} when the store has no such domain
   */
  async verify(
    store: DomainOwner,
    domain: string,
    method: 'dns' | 'file' | 'administrator',
    caller: DomainCaller,
  ): Promise<DomainGuide> {
    const pair = await this.#pair(store, domain);
    const isNews = await this.#verification.run(store, pair, { method, actor: caller.actor });
    if (isNews) this.#announce(store);
    else this.#parts.onChanged();
    return this.guide(store, domain, caller);
  }

  /** @throws {NotFoundError} when the store has no such domain */
  async remove(store: DomainOwner, domain: string, { actor }: Pick<DomainCaller, 'actor'>): Promise<void> {
    const row = await this.#row(store, domain);
    await this.#write(async (inside) => {
      await inside.table(storeDomains).delete({ id: row.id });
      const entry = { action: 'domain.remove', resource: row.domain, changes: {}, actor };
      await inside.audit({ ...entry, storeId: store.id });
    }, store);
  }

  /** A domain with its twin, whichever store has it; null when none does. */
  async find(domain: string): Promise<(DomainPair & { readonly storeId: number }) | null> {
    const row = await this.#parts.platform.table(storeDomains).findOne({ where: { domain } });
    if (!row) return null;
    const rows = await this.#parts.platform.table(storeDomains).find({ where: { storeId: row.storeId } });
    return { ...pairOf(row, rows), storeId: row.storeId };
  }

  /** Changes a store's domains in one transaction, keeps its primary one in order, and tells of it. */
  async #write(work: (inside: PlatformDatabase) => Promise<void>, store: DomainOwner): Promise<void> {
    try {
      await this.#parts.platform.transaction(async (inside) => {
        await work(inside);
        await settlePrimary(inside, store.id);
      });
    } catch (error) {
      if (!(error instanceof UniqueViolationError)) throw error;
      const message =
        'The primary domain was changed by somebody else at the same moment. Look at the list, then try again.';
      throw new ConflictError('domain_changed', message);
    }
    this.#announce(store);
  }

  async #realSite(domain: string): Promise<DomainWarning[]> {
    if (isReservedName(domain)) return [];
    const address = await this.#parts.realSiteAt(domain);
    return address === null
      ? []
      : [realSiteWarning(readDomain(domain, this.#parts.platformDomain).displayName, address)];
  }

  #rows({ id }: DomainOwner): Promise<StoreDomainRecord[]> {
    const order = [['isPrimary', 'desc'] as const, ['id', 'asc'] as const];
    return this.#parts.platform.table(storeDomains).find({ where: { storeId: id }, order });
  }

  async #pair(store: DomainOwner, domain: string): Promise<DomainPair> {
    const rows = await this.#rows(store);
    return pairOf(rowNamed(rows, domain), rows);
  }

  async #row(store: DomainOwner, domain: string): Promise<StoreDomainRecord> {
    return rowNamed(await this.#rows(store), domain);
  }

  #presenting({ urlOf }: Pick<DomainCaller, 'urlOf'>) {
    return { platformDomain: this.#parts.platformDomain, urlOf };
  }

  #announce({ id, code }: DomainOwner): void {
    this.#parts.directory.forget();
    this.#parts.events.emit({ name: 'changed', storeId: id, code });
    this.#parts.onChanged();
  }
}

function rowNamed(rows: readonly StoreDomainRecord[], domain: string): StoreDomainRecord {
  const wanted = domain.trim().toLowerCase();
  // In its ASCII form, or as people write it.
  const row =
    rows.find((one) => one.domain === wanted) ?? rows.find((one) => one.domain === readDomain(wanted, '').domain);
  if (!row) throw unknownDomain(domain);
  return row;
}
