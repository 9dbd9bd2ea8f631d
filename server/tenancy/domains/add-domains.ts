import { UniqueViolationError } from '../../database/database-error.ts';
import type { PlatformDatabase } from '../../database/platform-database.ts';
import { type StoreDomainRecord, storeDomains, stores } from '../../database/platform-tables.ts';
import { ConflictError, type Fault } from '../../errors.ts';
import { takenDomainFaults } from '../taken-names.ts';
import { MAX_DOMAINS } from './domain-name.ts';
import { createDomainToken } from './domain-token.ts';

/** Whom faults are told: an owner never learns of other stores. */
export type Audience = 'console' | 'owner';

interface Owner {
  readonly id: number;
  readonly code: string;
}

/**
 * How long a domain that nobody has proven is kept for who added it first. After that another store may add it, so that
 * nobody can keep a name from its owner by adding it.
 */
export const CLAIM_MS = 7 * 24 * 60 * 60 * 1000;

/** What stands in the way of adding domains to a store. */
export async function addFaults(
  platform: PlatformDatabase,
  store: Owner,
  domains: readonly string[],
  audience: Audience,
): Promise<Fault[]> {
  const count = await platform.table(storeDomains).count({ storeId: store.id });
  const faults: Fault[] = [];
  for (const domain of domains) {
    const held = await platform.table(storeDomains).findOne({ where: { domain } });
    if (held && !isLapsed(held, store)) faults.push(await takenFault(platform, store, held, audience));
  }
  if (faults.length === 0 && count + domains.length > MAX_DOMAINS)
    faults.push({ field: 'domain', message: `A store has at most ${MAX_DOMAINS} domains; this one has ${count}.` });
  return faults;
}

/**
 * Adds a domain and its twin, unless the store has the twin already. Returns the stores that lost a claim to them.
 * @throws {ConflictError} when one is taken, or when the store has too many
 */
export async function addDomains(
  platform: PlatformDatabase,
  store: Owner,
  { domain, twin }: { readonly domain: string; readonly twin: string | null },
  { actor, audience }: { readonly actor: string; readonly audience: Audience },
): Promise<Owner[]> {
  const add = () =>
    platform.transaction(async (inside) => {
      const own = twin && (await inside.table(storeDomains).findOne({ where: { domain: twin, storeId: store.id } }));
      const names = twin && !own ? [domain, twin] : [domain];
      const faults = await addFaults(inside, store, names, audience);
      if (faults.length > 0) throw taken(faults);
      const lost = await endClaims(inside, names);
      const now = new Date();
      await inside.table(storeDomains).insert(
        ...names.map((name) => ({
          storeId: store.id,
          domain: name,
          isPrimary: false,
          isActive: true,
          isVerified: false,
          verificationToken: createDomainToken(),
          createdAt: now,
        })),
      );
      for (const name of names)
        await inside.audit({ actor, storeId: store.id, action: 'domain.add', resource: name, changes: {} });
      return lost;
    });
  try {
    return await add();
  } catch (error) {
    if (!(error instanceof UniqueViolationError)) throw error;
    // Another store came first at the same moment: asked again, it is found.
    return add();
  }
}

/** An unproven domain of another store whose time is over. */
function isLapsed(held: StoreDomainRecord, store: Owner): boolean {
  return held.storeId !== store.id && !held.isVerified && held.createdAt.getTime() < Date.now() - CLAIM_MS;
}

async function takenFault(
  platform: PlatformDatabase,
  store: Owner,
  held: StoreDomainRecord,
  audience: Audience,
): Promise<Fault> {
  const field = 'domain';
  if (held.storeId === store.id) return { field, message: `${held.domain} is one of this store's domains already.` };
  if (audience === 'owner') {
    const advice = 'If the domain is yours, ask who runs the platform.';
    return { field, message: `${held.domain} is taken on this platform. ${advice}` };
  }
  const [fault] = await takenDomainFaults(platform, [held.domain]);
  return { field, message: fault?.message ?? `${held.domain} is taken.` };
}

async function endClaims(inside: PlatformDatabase, names: readonly string[]): Promise<Owner[]> {
  const lost: Owner[] = [];
  for (const row of await inside.table(storeDomains).find({ where: { domain: names } })) {
    await inside.table(storeDomains).delete({ id: row.id });
    const entry = { actor: 'system', storeId: row.storeId, action: 'domain.lapse', resource: row.domain };
    await inside.audit({ ...entry, changes: { reason: 'not verified in time; another store added it' } });
    const loser = await inside.table(stores).findOne({ where: { id: row.storeId }, withDeleted: true });
    if (loser) lost.push(loser);
  }
  return lost;
}

function taken(faults: readonly Fault[]): ConflictError {
  return new ConflictError(
    'domain_taken',
    `The domain was not added: ${faults.map(({ message }) => message).join(' ')}`,
    faults,
  );
}
