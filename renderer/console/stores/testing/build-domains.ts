import type { DomainCheck, DomainGuide, StoreDomain } from '../../../../server/contract/domains.ts';

/** A domain that waits to be verified, for tests. */
export function buildDomain(given: Partial<StoreDomain> = {}): StoreDomain {
  const { domain = 'shop.example' } = given;
  return {
    domain,
    displayName: domain,
    isPrimary: false,
    isActive: true,
    isVerified: false,
    state: 'pending',
    verifiedBy: null,
    twin: null,
    createdAt: Date.UTC(2026, 10, 20),
    checkedAt: null,
    lastFault: null,
    warnings: [],
    url: `http://${domain}:8000/`,
    ...given,
  };
}

/** What one look found, for tests. */
export function buildCheck(id: DomainCheck['id'], given: Partial<DomainCheck> = {}): DomainCheck {
  return {
    id,
    title: 'The TXT record',
    verdict: 'ok',
    message: 'It holds the token.',
    expected: 'orion-verify=1234',
    found: ['orion-verify=1234'],
    fix: null,
    durationMs: 1.2,
    ...given,
  };
}

/** The owner's way for a domain, for tests. */
export function buildGuide(given: Partial<DomainGuide> = {}): DomainGuide {
  return {
    domain: buildDomain(),
    steps: [
      { id: 'add', title: 'Add the domain', text: 'The store knows shop.example.', state: 'done' },
      { id: 'records', title: 'Enter the records', text: 'At the registrar of shop.example.', state: 'current' },
      { id: 'verify', title: 'Prove that it is yours', text: 'The TXT record is looked up.', state: 'waiting' },
      { id: 'point', title: 'Point it here', text: 'The name has to lead to this server.', state: 'waiting' },
      { id: 'certificate', title: 'Certificate', text: 'It is made when the name is asked for.', state: 'waiting' },
      { id: 'ready', title: 'Ready', text: 'The shop answers.', state: 'waiting' },
    ],
    records: [
      {
        type: 'TXT',
        host: '_orion-verify',
        name: '_orion-verify.shop.example',
        value: 'orion-verify=1234',
        ttl: 300,
        purpose: 'Proves that the domain is yours.',
        isRequired: true,
      },
      {
        type: 'A',
        host: '@',
        name: 'shop.example',
        value: '127.0.0.1',
        ttl: 300,
        purpose: 'Leads shoppers to this server.',
        isRequired: true,
      },
    ],
    file: { path: '/.well-known/orion-verify.txt', content: 'orion-verify=1234' },
    checks: [],
    resolver: 'rehearsal',
    ...given,
  };
}
