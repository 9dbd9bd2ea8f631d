import type { DomainCheck, DomainGuide, StoreDomain } from '../../contract/domains.ts';
import type { StoreDomainRecord } from '../../database/platform-tables.ts';
import { displayNameOf, readDomain, twinOf } from './domain-name.ts';
import { type DomainPair, type DomainTarget, proofOf, recordsOf } from './domain-records.ts';
import { FILE_PATH } from './domain-token.ts';

export interface PresentOptions {
  readonly platformDomain: string;
  readonly urlOf: (domain: string) => string;
}

type Step = DomainGuide['steps'][number];

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

/** The whole way of a domain, with what the last check found. */
export function guideOf(
  pair: DomainPair,
  target: DomainTarget,
  resolver: DomainGuide['resolver'],
  options: PresentOptions,
): DomainGuide {
  const domain = presentDomain(pair, options);
  const checks = [...(pair.row.checks ?? [])];
  return {
    domain,
    steps: stepsOf(pair, domain, checks),
    records: recordsOf(pair, target),
    file: { path: FILE_PATH, content: pair.row.verificationToken },
    checks,
    resolver,
  };
}

function stepsOf(pair: DomainPair, domain: StoreDomain, checks: readonly DomainCheck[]): Step[] {
  const verdictOf = (id: DomainCheck['id']) => checks.find((check) => check.id === id)?.verdict ?? null;
  const messageOf = (id: DomainCheck['id']) => checks.find((check) => check.id === id)?.message;
  const { isVerified, isActive, displayName } = domain;
  const isProven = isVerified || verdictOf('txt') === 'ok';
  const points = verdictOf('address');
  const isPointing = points === 'ok' && verdictOf('www') !== 'failed';
  const certificate = verdictOf('certificate');
  const isReady = isVerified && isActive && isPointing && certificate === 'ok';
  return [
    { id: 'add', title: 'Add the domain', text: `${displayName} was added to the store.`, state: 'done' },
    {
      id: 'records',
      title: 'Enter the records',
      text: `Sign in where ${zoneText(pair)} was registered, open its DNS settings, and enter the records below as they stand there.`,
      state: isProven ? 'done' : 'current',
    },
    {
      id: 'verify',
      title: 'Prove that it is yours',
      text: isVerified
        ? verifiedText(domain)
        : (domain.lastFault ??
          messageOf('txt') ??
          messageOf('file') ??
          'Not checked yet. Check once the TXT record is entered.'),
      state: isVerified
        ? 'done'
        : domain.lastFault !== null
          ? 'failed'
          : domain.checkedAt === null
            ? 'waiting'
            : 'current',
    },
    {
      id: 'point',
      title: 'Let it lead here',
      text: pointText(domain, messageOf),
      state: isPointing
        ? 'done'
        : points === 'failed' || verdictOf('www') === 'failed'
          ? isVerified
            ? 'failed'
            : 'waiting'
          : isVerified
            ? 'current'
            : 'waiting',
    },
    {
      id: 'certificate',
      title: 'HTTPS certificate',
      text: messageOf('certificate') ?? 'A certificate is made once the domain is verified.',
      state:
        isVerified && certificate === 'ok' ? 'done' : isVerified && certificate === 'waiting' ? 'current' : 'waiting',
    },
    {
      id: 'ready',
      title: 'The shop answers',
      text: readyText(domain, isReady),
      state: isReady ? 'done' : isVerified && !isActive ? 'current' : 'waiting',
    },
  ];
}

function verifiedText({ verifiedBy }: StoreDomain): string {
  if (verifiedBy === 'dns') return 'Verified by its TXT record. It stays verified; the record may be removed.';
  if (verifiedBy === 'file')
    return 'Verified by the file on its web server. It stays verified; the file may be removed.';
  return 'Verified by the administrator of the platform, without a check.';
}

function pointText(domain: StoreDomain, messageOf: (id: DomainCheck['id']) => string | undefined): string {
  const address = messageOf('address');
  if (address === undefined) return 'Not checked yet. Visitors arrive once the address records are entered.';
  return domain.twin === null ? address : `${address} ${messageOf('www') ?? ''}`.trim();
}

function readyText({ displayName, isVerified, isActive }: StoreDomain, isReady: boolean): string {
  if (isReady) return `Visitors of ${displayName} see the shop.`;
  if (!isVerified) return `Until ${displayName} is verified, this server does not answer for it.`;
  if (!isActive) return `${displayName} is switched off: this server does not answer for it.`;
  return `This server answers for ${displayName}. Visitors arrive once the steps above are done.`;
}

function zoneText(pair: DomainPair): string {
  return displayNameOf(proofOf(pair).domain);
}
