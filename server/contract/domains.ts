/** Domains of a store's own: adding, proving and rehearsing them. */
import { z } from 'zod';

export const DOMAIN_STATES = ['pending', 'verified', 'failed'] as const;

/** What a store's owner enters at the registrar. */
export const dnsRecord = z.object({
  type: z.enum(['TXT', 'A', 'AAAA', 'CNAME']),
  /** As registrars want it, relative to the zone: `_orion-verify`, `@`, `www`. */
  host: z.string(),
  /** The full name. */
  name: z.string(),
  value: z.string(),
  /** Seconds. */
  ttl: z.int(),
  /** What it is for, in a sentence. */
  purpose: z.string(),
  isRequired: z.boolean(),
});
export type DnsRecord = Readonly<z.infer<typeof dnsRecord>>;

/** What one look at the outside found. */
export const domainCheck = z.object({
  id: z.enum(['txt', 'file', 'address', 'www', 'holder', 'certificate']),
  title: z.string(),
  verdict: z.enum(['ok', 'failed', 'waiting', 'skipped']),
  /** What was asked for and what came, in a sentence. */
  message: z.string(),
  expected: z.string().nullable(),
  found: z.array(z.string()),
  fix: z.string().nullable(),
  durationMs: z.number(),
});
export type DomainCheck = Readonly<z.infer<typeof domainCheck>>;

export const domainWarning = z.object({
  code: z.enum(['mdns', 'hsts_preload', 'public_suffix', 'punycode', 'real_site', 'reserved_tld']),
  message: z.string(),
});

export const storeDomain = z
  .object({
    /** As it is kept: lower case, ASCII. */
    domain: z.string(),
    /** As people write it. */
    displayName: z.string(),
    isPrimary: z.boolean(),
    isActive: z.boolean(),
    isVerified: z.boolean(),
    /** `verified` stays verified; `failed` means the last check found something else than it must. */
    state: z.enum(DOMAIN_STATES),
    /** How it was proven; `administrator`: by who runs the platform, without a check. */
    verifiedBy: z.enum(['dns', 'file', 'administrator']).nullable(),
    /** Its twin with or without `www.`, when the store has that as well. */
    twin: z.string().nullable(),
    /** Milliseconds since 1970. */
    createdAt: z.number(),
    checkedAt: z.number().nullable(),
    /** What the last check found wrong, in a sentence; null when nothing. */
    lastFault: z.string().nullable(),
    warnings: z.array(domainWarning),
    /** Where it answers once it is verified and active. */
    url: z.string(),
  })
  .meta({ id: 'StoreDomain' });
export type StoreDomain = Readonly<z.infer<typeof storeDomain>>;
export const storeDomainList = z.object({ domains: z.array(storeDomain), resolver: z.enum(['system', 'rehearsal']) });

/** The owner's way from a name to an answering shop, as data: the console and the dashboard show the same. */
export const domainGuide = z
  .object({
    domain: storeDomain,
    steps: z.array(
      z.object({
        id: z.enum(['add', 'records', 'verify', 'point', 'certificate', 'ready']),
        title: z.string(),
        text: z.string(),
        state: z.enum(['done', 'current', 'waiting', 'failed']),
      }),
    ),
    records: z.array(dnsRecord),
    /** The other way to prove it. */
    file: z.object({ path: z.string(), content: z.string() }),
    /** Of the last check; empty before the first. */
    checks: z.array(domainCheck),
    /** Which DNS is asked. */
    resolver: z.enum(['system', 'rehearsal']),
  })
  .meta({ id: 'DomainGuide' });
export type DomainGuide = Readonly<z.infer<typeof domainGuide>>;

export const addDomainInput = z.strictObject({
  domain: z.string(),
  /** Also add the twin with or without `www.`. */
  withTwin: z.boolean().default(false),
});
export type AddDomainInput = z.input<typeof addDomainInput>;
/** The same while it is typed. */
export const checkDomainInput = z.strictObject({ domain: z.string() });
export const checkedDomain = z.object({
  domain: z.string(),
  displayName: z.string(),
  faults: z.array(z.object({ field: z.string(), message: z.string() })),
  warnings: z.array(domainWarning),
  /** The twin with or without `www.`, where one makes sense. */
  twin: z.string().nullable(),
});
export const changeDomainInput = z.strictObject({
  isPrimary: z.literal(true).optional(),
  isActive: z.boolean().optional(),
});
/** `administrator` asks nobody: for a machine without internet; it is written to the audit log. */
export const verifyDomainInput = z.strictObject({ method: z.enum(['dns', 'file', 'administrator']).default('dns') });

/** What the rehearsal DNS answers for a domain. */
export const SCENARIOS = [
  'correct',
  'empty',
  'wrong_token',
  'held_by_another_store',
  'expired',
  'missing_www',
  'certificate_pending',
  'slow',
  'timeout',
  'server_failure',
  'not_found',
  'loop',
  'lies',
] as const;
export const scenario = z.enum(SCENARIOS);

export const rehearsalRecord = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['TXT', 'A', 'AAAA', 'CNAME', 'NS']),
  value: z.string(),
  ttl: z.int(),
});
export type RehearsalRecord = Readonly<z.infer<typeof rehearsalRecord>>;
export const addRecordInput = rehearsalRecord
  .omit({ id: true })
  .extend({ ttl: z.int().min(0).max(86_400).default(60) })
  .strict();

/** The DNS server that plays the internet on this machine. A fake, and named so wherever it is shown. */
export const rehearsalDns = z
  .object({
    resolver: z.enum(['system', 'rehearsal']),
    isRunning: z.boolean(),
    address: z.string(),
    /** UDP and TCP. */
    port: z.int().nullable(),
    /** Added to every answer, in milliseconds. */
    delayMs: z.int(),
    records: z.array(rehearsalRecord),
    scenarios: z.array(z.object({ name: scenario, title: z.string(), text: z.string() })),
    /** Domains that play a scenario. */
    playing: z.array(z.object({ domain: z.string(), store: z.string().nullable(), scenario })),
    /** The last questions, newest first. */
    questions: z.array(
      z.object({
        at: z.number(),
        transport: z.enum(['udp', 'tcp']),
        name: z.string(),
        type: z.string(),
        answer: z.string(),
        ms: z.number(),
      }),
    ),
    /** A command that asks it, to try by hand. */
    tryCommand: z.string().nullable(),
  })
  .meta({ id: 'RehearsalDns' });
export type RehearsalDns = Readonly<z.infer<typeof rehearsalDns>>;
export const changeRehearsalInput = z.strictObject({
  resolver: z.enum(['system', 'rehearsal']).optional(),
  delayMs: z.int().min(0).max(30_000).optional(),
});
export const playScenarioInput = z.strictObject({ domain: z.string(), scenario });
