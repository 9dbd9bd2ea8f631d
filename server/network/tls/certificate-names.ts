import type { X509Certificate } from 'node:crypto';

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * A host name as certificates have it: lower case, no dot at the end; null for what is none. Addresses and wildcards are
 * none: browsers refuse `*.localhost`, and this server does not answer to addresses.
 */
export function certificateName(name: string): string | null {
  const lower = name.toLowerCase();
  const plain = lower.endsWith('.') ? lower.slice(0, -1) : lower;
  const labels = plain.split('.');
  const last = labels.at(-1) ?? '';
  const isName = plain.length <= 253 && labels.every((label) => LABEL.test(label));
  return isName && !/^(\d+|0x[0-9a-f]*)$/.test(last) ? plain : null;
}

/** The DNS names that a certificate is for, in lower case. */
export function dnsNames(certificate: X509Certificate): string[] {
  const names = (certificate.subjectAltName ?? '').matchAll(/(?:^|, )DNS:([^,"\s]+)(?=,|$)/g);
  return [...new Set([...names].map(([, name = '']) => name.toLowerCase()))];
}

/** Whether a name of a certificate is for a host; `*` stands for exactly one label. Source: RFC 9525 §6.3. */
export function coversHost(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  return pattern.startsWith('*.') && host.indexOf('.') > 0 && host.slice(host.indexOf('.')) === pattern.slice(1);
}
