import type { CertificatesState } from '../../../../server/contract/certificates.ts';

const DAY_MS = 86_400_000;

const TRUST: CertificatesState['trust'] = [
  {
    id: 'system',
    label: 'This system',
    clients: 'curl, git, Python, most programs',
    state: 'untrusted',
    needsRights: true,
    message: 'The system’s list does not have the authority.',
    command: null,
  },
  {
    id: 'nss:chromium',
    label: 'Chromium',
    clients: 'Chrome, Chromium, Edge',
    state: 'trusted',
    needsRights: false,
    message: 'The authority is in the user’s list.',
    command: null,
  },
  {
    id: 'node',
    label: 'Node',
    clients: 'Node.js and npm',
    state: 'untrusted',
    needsRights: false,
    message: 'Node reads a file named by an environment variable.',
    command: 'export NODE_EXTRA_CA_CERTS=/data/tls/authority.crt',
  },
];

/** HTTPS that is on, an authority that one store trusts, and two certificates, for tests. */
export function buildCertificates(given: Partial<CertificatesState> = {}): CertificatesState {
  const now = Date.now();
  return {
    https: {
      isOn: true,
      port: 8443,
      redirect: false,
      hstsSeconds: 0,
      listeningPort: 8443,
      url: 'https://localhost:8443/',
      fault: null,
      decided: [],
    },
    authority: {
      subject: 'Orion Studio local authority',
      fingerprint: Array.from({ length: 32 }, (_value, index) => (index * 7 + 16).toString(16).slice(-2))
        .join(':')
        .toUpperCase(),
      notBefore: now - 100 * DAY_MS,
      notAfter: now + 3550 * DAY_MS,
      certificateFile: '/data/tls/authority.crt',
      keyFile: '/data/tls/authority.key',
    },
    trust: TRUST,
    certificates: [
      {
        names: ['techstore.localhost', 'www.techstore.localhost'],
        source: 'local',
        issuer: 'Orion Studio local authority',
        fingerprint: 'AA:01',
        notBefore: now - DAY_MS,
        notAfter: now + 396 * DAY_MS,
        store: 'techstore',
        fault: null,
      },
      {
        names: ['shop.example'],
        source: 'imported',
        issuer: 'R11, Let’s Encrypt',
        fingerprint: 'BB:02',
        notBefore: now - 80 * DAY_MS,
        notAfter: now + 9 * DAY_MS,
        store: 'fashion',
        fault: null,
      },
    ],
    ...given,
  };
}
