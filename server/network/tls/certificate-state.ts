import type { X509Certificate } from 'node:crypto';
import type { Authority, CertificatesState, HostCertificate } from '../../contract/certificates.ts';
import type { OpenAuthority } from './authority.ts';
import { dnsNames } from './certificate-names.ts';
import type { OwnerOf, Tls } from './create-tls.ts';
import { RENEW_BEFORE_MS } from './host-certificates.ts';

/** HTTPS, the authority, who trusts it, and every certificate, as the console shows them. */
export async function certificatesState(tls: Tls, now = Date.now()): Promise<CertificatesState> {
  const authority = await tls.authority.find().then(
    (found) => ({ found, fault: null }),
    (error: Error) => ({ found: null, fault: error.message }),
  );
  const [trust, local, imported] = await Promise.all([tls.trust.list(), tls.hosts.list(), tls.imported.list()]);
  const { fault, ...https } = tls.https.isStarted
    ? tls.https.inForce
    : { ...tls.https.inForce, ...(await tls.https.read()) };
  const described = [
    ...imported.map(({ leaf }) => ({ leaf, source: 'imported' as const, fault: importedFault(leaf, now) })),
    ...local.map((leaf) => ({ leaf, source: 'local' as const, fault: localFault(leaf, authority.found, now) })),
  ];
  const certificates = await Promise.all(
    described.map((one) => describe(one.leaf, one.source, one.fault, tls.ownerOf)),
  );
  return {
    https: {
      ...https,
      port: https.port === 0 ? (https.listeningPort ?? 1) : https.port,
      fault: fault ?? authority.fault,
    },
    authority: authority.found && describeAuthority(authority.found, tls),
    trust,
    certificates: certificates.sort((a, b) => (a.names[0] ?? '').localeCompare(b.names[0] ?? '')),
  };
}

function describeAuthority({ certificate }: OpenAuthority, { authority }: Tls): Authority {
  return {
    subject: inOneLine(certificate.subject),
    fingerprint: certificate.fingerprint256,
    notBefore: certificate.validFromDate.getTime(),
    notAfter: certificate.validToDate.getTime(),
    certificateFile: authority.certificateFile,
    keyFile: authority.keyFile,
  };
}

async function describe(
  leaf: X509Certificate,
  source: HostCertificate['source'],
  fault: string | null,
  ownerOf: OwnerOf,
): Promise<HostCertificate> {
  const names = dnsNames(leaf);
  const owners = await Promise.all(names.map(ownerOf));
  return {
    names,
    source,
    issuer: inOneLine(leaf.issuer),
    fingerprint: leaf.fingerprint256,
    notBefore: leaf.validFromDate.getTime(),
    notAfter: leaf.validToDate.getTime(),
    store: owners.find((owner) => owner?.store)?.store ?? null,
    fault,
  };
}

function importedFault(leaf: X509Certificate, now: number): string | null {
  const ends = leaf.validToDate.getTime();
  const day = leaf.validToDate.toISOString().slice(0, 10);
  if (ends <= now) return `It expired on ${day}. Import its successor.`;
  if (ends - RENEW_BEFORE_MS <= now) return `It expires on ${day}. Import its successor.`;
  const wildcard = dnsNames(leaf).find((name) => name === '*.localhost');
  return wildcard ? 'Chrome on macOS and LibreSSL refuse *.localhost: they want each name by itself.' : null;
}

function localFault(leaf: X509Certificate, authority: OpenAuthority | null, now: number): string | null {
  if (!authority || !leaf.verify(authority.certificate.publicKey))
    return 'It is of another authority, and is made anew when its name is next asked for.';
  return leaf.validToDate.getTime() <= now ? 'It has expired, and is made anew when its name is next asked for.' : null;
}

/** `CN=…, O=…` */
function inOneLine(subject: string): string {
  return subject.split('\n').reverse().join(', ');
}
