import type { DomainCheck } from '../contract/domains.ts';
import type { StepState } from '../contract/provisioning.ts';
import { columns, defineTable } from './model.ts';

/** A store's logo. Files lie in the store's folder of the storage. */
export interface StoreLogo {
  readonly file: string;
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** A small square version for the browser's tab, or null. */
  readonly favicon: string | null;
}

/** A store as the platform knows it. */
export interface StoreRecord {
  readonly id: number;
  readonly code: string;
  readonly subdomain: string;
  readonly schemaName: string;
  readonly name: string;
  readonly isActive: boolean;
  /** Only a `ready` store answers; the others are being made or removed. */
  readonly state: 'provisioning' | 'ready' | 'deleting';
  readonly currency: string;
  readonly locale: string;
  /** The store's own colour, `#rrggbb`, shown wherever the store is. */
  readonly color: string;
  readonly logo: StoreLogo | null;
  /** Counts the changes of this record. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Since when the store is deleted; its data is kept for a while, so that it can be brought back. */
  readonly deletedAt: Date | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface StoreDomainRecord {
  readonly id: number;
  readonly storeId: number;
  /** Lower case, without port and trailing dot. */
  readonly domain: string;
  readonly isPrimary: boolean;
  readonly isActive: boolean;
  readonly isVerified: boolean;
  readonly verificationToken: string;
  readonly createdAt: Date;
  /** `administrator`: by who runs the platform, without a check. Null while it is not verified. */
  readonly verifiedBy: 'dns' | 'file' | 'administrator' | null;
  readonly verifiedAt: Date | null;
  /** Of the last look at it; null before the first. */
  readonly checkedAt: Date | null;
  /** What that found wrong, in a sentence. */
  readonly lastFault: string | null;
  readonly checks: readonly DomainCheck[] | null;
}

/** What a store may use; null stands for the platform's default. A store without a row has all the defaults. */
export interface StoreLimitsRecord {
  readonly storeId: number;
  readonly requestsPerMinute: number | null;
  readonly connections: number | null;
  readonly storageMegabytes: number | null;
  readonly concurrentJobs: number | null;
  readonly updatedAt: Date;
}

export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly createdAt: Date;
}

export interface MembershipRecord {
  readonly userId: string;
  readonly storeId: number;
  readonly role: 'store_owner' | 'store_staff';
  readonly createdAt: Date;
}

export interface SessionRecord {
  /** SHA-256 of the token; the token itself is only with its holder. */
  readonly tokenHash: string;
  readonly kind: 'console' | 'staff';
  readonly userId: string | null;
  readonly storeId: number | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface SettingRecord {
  readonly name: string;
  readonly value: unknown;
}

export interface AuditRecord {
  readonly id: string;
  readonly at: Date;
  /** Who: an e-mail address, `console`, `command line` or `system`. */
  readonly actor: string;
  readonly storeId: number | null;
  /** What, as `store.create`. */
  readonly action: string;
  readonly resource: string;
  readonly changes: Readonly<Record<string, unknown>>;
}

/** How far the making of a store has come; what the console shows and what a crash is made good from. */
export interface ProvisioningJobRecord {
  readonly id: string;
  /** Of a store that may be gone: a failed job outlives it. */
  readonly storeId: number;
  readonly code: string;
  readonly name: string;
  /** `undoing`: a step failed, and what was done is being taken back. */
  readonly state: 'running' | 'undoing' | 'done' | 'failed';
  /** Everything the steps need, as `tenancy/provisioning-input.ts` reads it; null once the job has ended. */
  readonly input: unknown;
  readonly steps: readonly StepState[];
  /** How often it was begun: 1, and one more after each crash. */
  readonly attempts: number;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** Why it failed. */
  readonly error: string | null;
}

const { serial, id, uuid, text, integer, boolean, json, timestamp } = columns;

export const stores = defineTable<StoreRecord>({
  table: 'stores',
  columns: {
    id: serial,
    code: text,
    subdomain: text,
    schemaName: text,
    name: text,
    isActive: boolean,
    state: text,
    currency: text,
    locale: text,
    color: text,
    logo: json,
    version: integer,
    createdAt: timestamp,
    updatedAt: timestamp,
    deletedAt: timestamp,
    metadata: json,
  },
});

export const storeDomains = defineTable<StoreDomainRecord>({
  table: 'store_domains',
  columns: {
    id: serial,
    storeId: integer,
    domain: text,
    isPrimary: boolean,
    isActive: boolean,
    isVerified: boolean,
    verificationToken: text,
    createdAt: timestamp,
    verifiedBy: text,
    verifiedAt: timestamp,
    checkedAt: timestamp,
    lastFault: text,
    checks: json,
  },
});

export const storeLimits = defineTable<StoreLimitsRecord>({
  table: 'store_limits',
  columns: {
    storeId: { ...integer, primaryKey: true },
    requestsPerMinute: integer,
    connections: integer,
    storageMegabytes: integer,
    concurrentJobs: integer,
    updatedAt: timestamp,
  },
});

export const users = defineTable<UserRecord>({
  table: 'users',
  columns: { id, email: text, name: text, createdAt: timestamp },
});

export const memberships = defineTable<MembershipRecord>({
  table: 'memberships',
  columns: {
    userId: { ...uuid, primaryKey: true },
    storeId: { ...integer, primaryKey: true },
    role: text,
    createdAt: timestamp,
  },
});

export const sessions = defineTable<SessionRecord>({
  table: 'sessions',
  columns: {
    tokenHash: { ...text, primaryKey: true },
    kind: text,
    userId: uuid,
    storeId: integer,
    createdAt: timestamp,
    expiresAt: timestamp,
  },
});

export const settings = defineTable<SettingRecord>({
  table: 'settings',
  columns: { name: { ...text, primaryKey: true }, value: json },
});

export const auditLog = defineTable<AuditRecord>({
  table: 'audit_log',
  columns: { id, at: timestamp, actor: text, storeId: integer, action: text, resource: text, changes: json },
});

export const provisioningJobs = defineTable<ProvisioningJobRecord>({
  table: 'provisioning_jobs',
  columns: {
    id,
    storeId: integer,
    code: text,
    name: text,
    state: text,
    input: json,
    steps: json,
    attempts: integer,
    startedAt: timestamp,
    finishedAt: timestamp,
    error: text,
  },
});

export const platformTables = [
  stores,
  storeDomains,
  storeLimits,
  users,
  memberships,
  sessions,
  settings,
  auditLog,
  provisioningJobs,
];
