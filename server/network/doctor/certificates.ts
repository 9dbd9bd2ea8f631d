import type { CertificatesState } from '../../contract/certificates.ts';
import type { Finding } from '../../contract/doctor.ts';
import { about, count } from './finding.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_MS = 14 * DAY_MS;

/** Says whether certificates are valid, and which programs trust the local authority. */
export function checkCertificates(state: CertificatesState, now = Date.now()): Finding[] {
  const { https, authority, certificates } = state;
  const finding = about('certificates', 'certificates:https', 'HTTPS');
  if (https.fault !== null)
    return [
      finding.failed(`HTTPS is wanted and does not run: ${https.fault}`, {
        fix: { text: 'Start HTTPS again.', action: 'restart-https' },
      }),
    ];
  if (!https.isOn) return [finding.skipped('HTTPS is off. Every store answers by http.')];
  return [
    finding.ok(`${https.url ?? 'HTTPS'} answers on port ${https.listeningPort ?? https.port}.`),
    authorityOf(authority, now),
    ...hostCertificates(certificates, now),
    ...state.trust.map(trustOf),
  ];
}

function authorityOf(authority: CertificatesState['authority'], now: number): Finding {
  const finding = about('certificates', 'certificates:authority', 'Local certificate authority');
  if (!authority) return finding.skipped('It is made when HTTPS is used for the first time.');
  const details = [authority.subject, `SHA-256 ${authority.fingerprint}`, authority.certificateFile];
  const fault = validity(authority, now);
  if (fault === null) return finding.ok(`Valid until ${day(authority.notAfter)}.`, { details });
  const fix = { text: 'Make the certificates anew.', action: 'renew-certificates' } as const;
  return authority.notAfter - now < 0 || authority.notBefore > now
    ? finding.failed(fault, { details, fix })
    : finding.warning(fault, { details, fix });
}

/** All that are well in one finding, each that is not in its own. */
function hostCertificates(certificates: CertificatesState['certificates'], now: number): Finding[] {
  const faulty = certificates.flatMap((certificate) => {
    const fault = certificate.fault ?? validity(certificate, now);
    return fault === null ? [] : [{ certificate, fault }];
  });
  const well = certificates.length - faulty.length;
  const all = about('certificates', 'certificates:hosts', 'Certificates');
  return [
    ...(well > 0 ? [all.ok(`${count(well, 'certificate')} valid, one for each name that was asked for.`)] : []),
    ...faulty.map(({ certificate, fault }) => {
      const name = certificate.names[0] ?? certificate.fingerprint;
      const isOwn = certificate.source === 'local';
      return about('certificates', `certificate:${name}`, `Certificate of ${name}`).failed(fault, {
        details: [
          `Issued by ${certificate.issuer}`,
          `Valid from ${day(certificate.notBefore)} to ${day(certificate.notAfter)}`,
        ],
        fix: isOwn
          ? { text: 'Make the certificates anew.', action: 'renew-certificates' as const }
          : { text: 'Import a valid certificate, or remove this one.' },
      });
    }),
  ];
}

/** What is wrong with the dates, or null. */
function validity({ notBefore, notAfter }: { notBefore: number; notAfter: number }, now: number): string | null {
  if (notBefore > now) return `It is valid from ${day(notBefore)} on, which this machine's clock has not reached.`;
  if (notAfter < now) return `It ended on ${day(notAfter)}.`;
  if (notAfter - now < SOON_MS) return `It ends on ${day(notAfter)}.`;
  return null;
}

function trustOf(store: CertificatesState['trust'][number]): Finding {
  const finding = about('certificates', `trust:${store.id}`, `Trust: ${store.label}`);
  const details = [store.clients];
  if (store.state === 'trusted') return finding.ok(store.message, { details });
  if (store.state === 'unavailable') return finding.skipped(store.message, { details });
  return finding.warning(store.message, {
    details,
    fix:
      store.command === null
        ? { text: 'Trust the local authority there.', command: 'orion cert trust', action: 'trust' }
        : { text: 'Run this by hand.', command: store.command },
  });
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
