import type { DomainCheck, DomainGuide, StoreDomain } from '../../contract/domains.ts';
import type { CertificateFound } from './domain-checks.ts';

type Step = DomainGuide['steps'][number];

/** A domain with what the last check found of it. */
interface Way {
  readonly domain: StoreDomain;
  readonly certificate: CertificateFound | null;
  readonly verdictOf: (id: DomainCheck['id']) => DomainCheck['verdict'] | null;
  readonly messageOf: (id: DomainCheck['id']) => string | null;
}

interface Found {
  readonly checks: readonly DomainCheck[];
  readonly certificate: CertificateFound | null;
  /** The name that is registered, as people write it. */
  readonly registered: string;
}

/** The steps of a domain, in their order. */
export function stepsOf(domain: StoreDomain, { checks, certificate, registered }: Found): Step[] {
  const way: Way = {
    domain,
    certificate,
    verdictOf: (id) => checks.find((check) => check.id === id)?.verdict ?? null,
    messageOf: (id) => checks.find((check) => check.id === id)?.message ?? null,
  };
  const records = `Sign in where ${registered} was registered, open its DNS settings, and enter the records below as they stand there.`;
  return [
    { id: 'add', title: 'Add the domain', text: `${domain.displayName} was added to the store.`, state: 'done' },
    { id: 'records', title: 'Enter the records', text: records, state: domain.isVerified ? 'done' : 'current' },
    { id: 'verify', title: 'Prove that it is yours', text: verifyText(way), state: verifyState(domain) },
    { id: 'point', title: 'Let it lead here', text: pointText(way), state: pointState(way) },
    { id: 'certificate', title: 'HTTPS certificate', text: certificateText(way), state: certificateState(way) },
    { id: 'ready', title: 'The shop answers', text: readyText(way), state: readyState(way) },
  ];
}

function verifyText({ domain, messageOf }: Way): string {
  const { isVerified, verifiedBy, lastFault } = domain;
  if (!isVerified)
    return (
      lastFault ?? messageOf('txt') ?? messageOf('file') ?? 'Not checked yet. Check once the TXT record is entered.'
    );
  if (verifiedBy === 'dns') return 'Verified by its TXT record. It stays verified; the record may be removed.';
  if (verifiedBy === 'file')
    return 'Verified by the file on its web server. It stays verified; the file may be removed.';
  return 'Verified by the administrator of the platform, without a check.';
}

function verifyState({ isVerified, lastFault, checkedAt }: StoreDomain): Step['state'] {
  if (isVerified) return 'done';
  if (lastFault !== null) return 'failed';
  return checkedAt === null ? 'waiting' : 'current';
}

function pointText({ domain, messageOf }: Way): string {
  const address = messageOf('address');
  if (address === null) return 'Not checked yet. Visitors arrive once the address records are entered.';
  return domain.twin === null ? address : `${address} ${messageOf('www') ?? ''}`.trim();
}

function isPointing({ verdictOf }: Way): boolean {
  return verdictOf('address') === 'ok' && verdictOf('www') !== 'failed';
}

/** Until it is verified, a domain may well lead to where it was before. */
function pointState(way: Way): Step['state'] {
  if (isPointing(way)) return 'done';
  if (!way.domain.isVerified) return 'waiting';
  return way.verdictOf('address') === 'failed' || way.verdictOf('www') === 'failed' ? 'failed' : 'current';
}

function certificateText({ certificate, domain }: Way): string {
  if (certificate) return certificate.message;
  return domain.isVerified ? 'Not checked yet.' : 'A certificate is made once the domain is verified.';
}

function certificateState({ certificate }: Way): Step['state'] {
  if (certificate?.verdict === 'ok') return 'done';
  return certificate?.verdict === 'waiting' ? 'current' : 'waiting';
}

/** Without HTTPS on this server, no certificate is needed. */
function isReady(way: Way): boolean {
  const { isVerified, isActive } = way.domain;
  return isVerified && isActive && isPointing(way) && way.certificate?.isAwaited !== true;
}

function readyText(way: Way): string {
  const { displayName, isVerified, isActive } = way.domain;
  if (isReady(way)) return `Visitors of ${displayName} see the shop.`;
  if (!isVerified) return `Until ${displayName} is verified, this server does not answer for it.`;
  if (!isActive) return `${displayName} is switched off: this server does not answer for it.`;
  return `This server answers for ${displayName}. Visitors arrive once the steps above are done.`;
}

function readyState(way: Way): Step['state'] {
  if (isReady(way)) return 'done';
  return way.domain.isVerified && !way.domain.isActive ? 'current' : 'waiting';
}
