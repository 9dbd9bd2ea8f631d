/** The services of domains over a platform database, without a server. */
import type { StoreDomain } from '../contract/domains.ts';
import type { PlatformDatabase } from '../database/platform-database.ts';
import { type StoreRecord, storeDomains, stores } from '../database/platform-tables.ts';
import type { BackendName } from '../database/store-database.ts';
import { createDomains, type Domains } from '../tenancy/domains/create-domains.ts';
import type { DomainCaller } from '../tenancy/domains/domain-service.ts';
import { StoreDirectory } from '../tenancy/store-directory.ts';
import { type StoreEvent, StoreEvents } from '../tenancy/store-events.ts';
import { openProvisioningKit } from './provisioning-kit.ts';

export interface DomainKit extends Domains {
  readonly platform: PlatformDatabase;
  readonly directory: StoreDirectory;
  readonly alpha: StoreRecord;
  readonly beta: StoreRecord;
  /** What was told of the stores so far. */
  readonly told: readonly StoreEvent[];
  /** Ends the servers of the rehearsal. */
  close(): Promise<void>;
}

export const CONSOLE: DomainCaller = { actor: 'test', audience: 'console', urlOf: (domain) => `http://${domain}/` };
export const OWNER: DomainCaller = { ...CONSOLE, actor: 'ann@example.com', audience: 'owner' };

/** Answers of the rehearsal are not waited for longer than this. */
const TIMEOUT_MS = 1500;

/** Two stores without domains; everything goes away with the test. */
export async function openDomainKit(
  backend: BackendName = 'sqlite/database',
  options: { readonly isDevelopment?: boolean; readonly publicAddresses?: readonly string[] } = {},
): Promise<DomainKit> {
  const { place } = await openProvisioningKit(backend);
  const { platform } = place;
  const directory = new StoreDirectory(platform);
  const events = new StoreEvents();
  const told: StoreEvent[] = [];
  events.subscribe((event) => told.push(event));
  const services = createDomains({
    platform,
    directory,
    events,
    platformDomain: 'localhost',
    isDevelopment: true,
    publicAddresses: [],
    isHttpsOn: () => true,
    certificateFor: async () => ({ source: 'local', notAfter: Date.UTC(2030, 0, 1) }),
    rehearsalTimeoutMs: TIMEOUT_MS,
    onChanged: () => undefined,
    ...options,
  });
  const alpha = await addStore(platform, 'alpha');
  const beta = await addStore(platform, 'beta');
  return { ...services, platform, directory, alpha, beta, told, close: () => services.rehearsal.close() };
}

/** Adds a domain and proves it by the rehearsal, as its owner would. */
export async function addVerified(kit: DomainKit, store: StoreRecord, domain: string): Promise<StoreDomain> {
  await kit.domains.add(store, { domain, withTwin: false }, CONSOLE);
  await kit.rehearsal.play(domain, 'correct');
  return (await kit.domains.verify(store, domain, 'dns', CONSOLE)).domain;
}

/** Lets a domain seem to have been added some time ago. */
export async function ageDomain({ platform }: DomainKit, domain: string, ms: number): Promise<void> {
  await platform.table(storeDomains).update({ domain }, { createdAt: new Date(Date.now() - ms) });
}

async function addStore(platform: PlatformDatabase, code: string): Promise<StoreRecord> {
  const now = new Date();
  await platform.table(stores).insert({
    code,
    subdomain: code,
    schemaName: code,
    name: `Store ${code}`,
    isActive: true,
    state: 'ready',
    currency: 'EUR',
    locale: 'en',
    color: '#2563eb',
    version: 1,
    createdAt: now,
    updatedAt: now,
    metadata: {},
  });
  const store = await platform.table(stores).findOne({ where: { code } });
  if (!store) throw new Error(`store ${code} is not there`);
  return store;
}
