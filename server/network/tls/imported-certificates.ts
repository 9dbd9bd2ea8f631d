import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFoundError } from '../../errors.ts';
import type { Logger } from '../../observability/log.ts';
import { coversHost } from './certificate-names.ts';
import { type CheckedCertificate, checkImport } from './check-import.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

/** Certificates that someone brought along, each with its key in one file of the data folder. */
export class ImportedCertificates {
  readonly #folder: string;
  readonly #log: Logger;
  readonly #now: () => number;
  #kept: Promise<Map<string, CheckedCertificate>> | null = null;

  constructor(folder: string, log: Logger, now: () => number = Date.now) {
    this.#folder = folder;
    this.#log = log;
    this.#now = now;
  }

  /** Every one, in no order. */
  async list(): Promise<readonly CheckedCertificate[]> {
    return [...(await this.#all()).values()];
  }

  /** The one for a host: an exact name before a wildcard, then the one that is valid longest. */
  async find(host: string): Promise<CheckedCertificate | null> {
    const fitting = (await this.list()).filter(({ names, leaf }) => {
      return leaf.validToDate.getTime() > this.#now() && names.some((name) => coversHost(name, host));
    });
    const rank = ({ names }: CheckedCertificate) => (names.includes(host) ? 0 : 1);
    const until = ({ leaf }: CheckedCertificate) => leaf.validToDate.getTime();
    return fitting.sort((a, b) => rank(a) - rank(b) || until(b) - until(a))[0] ?? null;
  }

  /**
   * Checks and keeps a certificate; those whose every name it has are dropped.
   * @throws {ValidationError} with every fault; nothing is changed then
   */
  async add(input: { readonly certificate: string; readonly key: string }): Promise<CheckedCertificate> {
    const added = checkImport(input, this.#now());
    const all = await this.#all();
    const file = `${added.leaf.fingerprint256.replaceAll(':', '').slice(0, 32).toLowerCase()}.pem`;
    await writePrivateFile(join(this.#folder, file), added.certificate + added.key);
    for (const [other, { names }] of all)
      if (other !== file && names.every((name) => added.names.includes(name))) await this.#drop(other);
    all.set(file, added);
    return added;
  }

  /** Drops the certificates that name exactly this. @throws {NotFoundError} when there is none */
  async remove(name: string): Promise<void> {
    const wanted = name.toLowerCase();
    const files = [...(await this.#all())].filter(([, { names }]) => names.includes(wanted)).map(([file]) => file);
    if (files.length === 0) throw new NotFoundError(`No imported certificate is for ${name}.`, 'certificate_unknown');
    for (const file of files) await this.#drop(file);
  }

  async #drop(file: string): Promise<void> {
    await rm(join(this.#folder, file), { force: true });
    (await this.#all()).delete(file);
  }

  #all(): Promise<Map<string, CheckedCertificate>> {
    this.#kept ??= this.#readAll();
    return this.#kept;
  }

  async #readAll(): Promise<Map<string, CheckedCertificate>> {
    const kept = new Map<string, CheckedCertificate>();
    const files = await readdir(this.#folder).catch(() => []);
    for (const file of files.filter((name) => name.endsWith('.pem'))) {
      try {
        const text = (await readPrivateFile(join(this.#folder, file)))?.text ?? '';
        // What has expired since is kept, and said to have.
        kept.set(file, checkImport({ certificate: text, key: keyOf(text) }, null));
      } catch (error) {
        this.#log.warn({ event: 'tls.import', file, err: error }, `the imported certificate ${file} cannot be read`);
      }
    }
    return kept;
  }
}

/** The part of a file after its certificates. */
function keyOf(text: string): string {
  return text.slice(text.lastIndexOf('-----END CERTIFICATE-----') + '-----END CERTIFICATE-----'.length).trim();
}
