/**
 * The certificate of each host name, made when it is first asked for. Names come from strangers (anyone can put anything
 * into SNI), so only those that the platform answers for get one; for all others the platform's own is shown, and the
 * browser says that the name is wrong.
 */
import { X509Certificate } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import { LRUCache } from 'lru-cache';
import type { LocalAuthority, OpenAuthority } from './authority.ts';
import { certificateName, dnsNames } from './certificate-names.ts';
import type { ImportedCertificates } from './imported-certificates.ts';
import { type CertificateAndKey, issueForHost } from './issue.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What expires sooner is made anew. */
export const RENEW_BEFORE_MS = 30 * DAY_MS;
const CONTEXTS_KEPT = 2000;

export interface HostCertificateParts {
  /** Where they are kept, one file a name. */
  readonly folder: string;
  readonly authority: LocalAuthority;
  readonly imported: ImportedCertificates;
  /** Shown for addresses and unknown names. */
  readonly platformDomain: string;
  /** Whether the platform answers for a name. */
  readonly isKnown: (name: string) => Promise<boolean>;
  /** Told of each certificate that was made. */
  readonly onMade?: (name: string) => void;
  readonly now?: () => number;
}

interface Ready extends CertificateAndKey {
  readonly context: SecureContext;
  readonly goodUntil: number;
}

/** Finds or makes the certificate of a host. */
export class HostCertificates {
  readonly #parts: HostCertificateParts;
  readonly #now: () => number;
  readonly #ready = new LRUCache<string, Ready>({ max: CONTEXTS_KEPT });
  readonly #running = new Map<string, Promise<Ready>>();

  constructor(parts: HostCertificateParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
  }

  /** What TLS shows to a client that asked for this name. @throws {ConflictError} when the authority cannot be used */
  async contextFor(servername: string): Promise<SecureContext> {
    return (await this.#find(await this.#nameFor(servername))).context;
  }

  /** What TLS shows to a client that named nobody. */
  platformPair(): Promise<CertificateAndKey> {
    return this.#find(this.#parts.platformDomain);
  }

  /** The certificate that is there for a name and is shown; null where one is made when it is first asked for. */
  async existing(name: string): Promise<{ leaf: X509Certificate; source: 'local' | 'imported' } | null> {
    const imported = await this.#parts.imported.find(name);
    if (imported) return { leaf: imported.leaf, source: 'imported' };
    // Without an authority that can be used, what it signed is not shown.
    const finding = this.#parts.authority.find().catch(() => null);
    const [kept, authority] = await Promise.all([readPair(this.#fileOf(name)), finding]);
    return kept && authority && this.#isGood(kept.leaf, name, authority) ? { leaf: kept.leaf, source: 'local' } : null;
  }

  /** Forgets what is in memory: certificates were added or removed. */
  forget(): void {
    this.#ready.clear();
  }

  /** Forgets every certificate, also on disk: their authority is no more. */
  async forgetAll(): Promise<void> {
    await Promise.allSettled(this.#running.values());
    this.#ready.clear();
    await rm(this.#parts.folder, { recursive: true, force: true });
  }

  /** The certificates that were made, by their files. */
  async list(): Promise<readonly X509Certificate[]> {
    const files = await readdir(this.#parts.folder).catch(() => []);
    const read = files.filter((file) => file.endsWith('.pem')).map((file) => readPair(join(this.#parts.folder, file)));
    return (await Promise.all(read)).flatMap((pair) => (pair ? [pair.leaf] : []));
  }

  /** The known name that answers for what a client asked for. */
  async #nameFor(servername: string): Promise<string> {
    const name = certificateName(servername);
    if (name === null) return this.#parts.platformDomain;
    if (this.#ready.has(name) || (await this.#parts.imported.find(name))) return name;
    return (await this.#parts.isKnown(name)) ? name : this.#parts.platformDomain;
  }

  async #find(name: string): Promise<Ready> {
    const ready = this.#ready.get(name);
    if (ready && ready.goodUntil > this.#now()) return ready;
    const running = this.#running.get(name);
    if (running) return running;
    const preparing = this.#prepare(name).finally(() => this.#running.delete(name));
    this.#running.set(name, preparing);
    return preparing;
  }

  async #prepare(name: string): Promise<Ready> {
    const imported = await this.#parts.imported.find(name);
    const pair = imported ?? (await this.#localPair(name));
    const ends = new X509Certificate(pair.certificate).validToDate.getTime();
    const ready: Ready = {
      ...pair,
      context: createSecureContext({ cert: pair.certificate, key: pair.key }),
      goodUntil: imported ? ends : ends - RENEW_BEFORE_MS,
    };
    this.#ready.set(name, ready);
    return ready;
  }

  async #localPair(name: string): Promise<CertificateAndKey> {
    const authority = await this.#parts.authority.ensure();
    const file = this.#fileOf(name);
    const kept = await readPair(file);
    if (kept && this.#isGood(kept.leaf, name, authority)) return kept;
    const made = await issueForHost({ ...authority, certificate: authority.pem }, name, new Date(this.#now()));
    await writePrivateFile(file, made.certificate + made.key);
    this.#parts.onMade?.(name);
    return made;
  }

  /** A prefix: systems have names, such as `con`, that no file may have. */
  #fileOf(name: string): string {
    return join(this.#parts.folder, `host_${name}.pem`);
  }

  #isGood(leaf: X509Certificate, name: string, authority: OpenAuthority): boolean {
    const names = dnsNames(leaf);
    // An authority that ends soon cannot sign for longer.
    const needed = Math.min(this.#now() + RENEW_BEFORE_MS, authority.notAfter - 1);
    return (
      names.length === 1 &&
      names[0] === name &&
      leaf.validFromDate.getTime() <= this.#now() &&
      leaf.validToDate.getTime() > needed &&
      leaf.verify(authority.certificate.publicKey)
    );
  }
}

/** A certificate and its key from one file; null when there is none, or none that can be read: it is made anew then. */
async function readPair(file: string): Promise<(CertificateAndKey & { readonly leaf: X509Certificate }) | null> {
  try {
    const text = (await readPrivateFile(file))?.text;
    if (text === undefined) return null;
    const keyStart = text.indexOf('-----BEGIN PRIVATE KEY-----');
    const leaf = new X509Certificate(text);
    return { certificate: text.slice(0, keyStart), key: text.slice(keyStart), leaf };
  } catch {
    return null;
  }
}
