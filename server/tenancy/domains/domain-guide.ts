import type { DomainGuide, StoreDomain } from '../../contract/domains.ts';
import type { StoreDomainRecord } from '../../database/platform-tables.ts';
import type { CertificateFound } from './domain-checks.ts';
import { displayNameOf, readDomain, twinOf } from './domain-name.ts';
import { type DomainPair, type DomainTarget, proofOf, recordsOf } from './domain-records.ts';
import { FILE_PATH } from './domain-token.ts';
import { stepsOf } from './guide-steps.ts';

export interface PresentOptions {
  readonly platformDomain: string;
  readonly urlOf: (domain: string) => string;
}

/** A domain of the store that `rows` are all domains of. */
export function pairOf(row: StoreDomainRecord, rows: readonly StoreDomainRecord[]): DomainPair {
  const twin = twinOf(row.domain);
  return { row, twin: rows.find(({ domain }) => domain === twin) ?? null };
}

/** A domain as the contract has it. */
export function presentDomain({ row, twin }: DomainPair, { platformDomain, urlOf }: PresentOptions): StoreDomain {
  return {
    domain: row.domain,
    displayName: displayNameOf(row.domain),
    isPrimary: row.isPrimary,
    isActive: row.isActive,
    isVerified: row.isVerified,
    state: row.isVerified ? 'verified' : row.lastFault === null ? 'pending' : 'failed',
    verifiedBy: row.verifiedBy,
    twin: twin?.domain ?? null,
    createdAt: row.createdAt.getTime(),
    checkedAt: row.checkedAt?.getTime() ?? null,
    lastFault: row.lastFault,
    warnings: [...readDomain(row.domain, platformDomain).warnings],
    url: urlOf(row.domain),
  };
}

/** What a way leads to, as it is now. */
export interface Surroundings {
  readonly target: DomainTarget;
  readonly resolver: DomainGuide['resolver'];
  /** Null until the domain is verified. */
  readonly certificate: CertificateFound | null;
}

/** The whole way of a domain, with what the last check found; its certificate as it is now. */
export function guideOf(
  pair: DomainPair,
  { target, resolver, certificate }: Surroundings,
  options: PresentOptions,
): DomainGuide {
  const domain = presentDomain(pair, options);
  const checks = (pair.row.checks ?? []).map((check) =>
    check.id === 'certificate' && certificate
      ? { ...check, verdict: certificate.verdict, message: certificate.message }
      : check,
  );
  return {
    domain,
    steps: stepsOf(domain, { checks, certificate, registered: displayNameOf(proofOf(pair).domain) }),
    records: recordsOf(pair, target),
    file: { path: FILE_PATH, content: pair.row.verificationToken },
    checks,
    resolver,
  };
}
