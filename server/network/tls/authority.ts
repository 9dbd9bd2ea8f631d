/**
 * The local certificate authority: whoever has its key can pose as any site to programs that trust it. It is made on this
 * machine, its key never leaves the data folder (mode 0600 in a folder of mode 0700), and a key file that is not as this
 * program left it is refused rather than used.
 */
import { createPrivateKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError } from '../../errors.ts';
import type { Logger } from '../../observability/log.ts';
import { AUTHORITY_NAME, makeAuthority } from './issue.ts';
import { type PrivateFile, readPrivateFile, writePrivateFile } from './private-file.ts';

/** The authority, ready to sign. */
export interface OpenAuthority {
  readonly certificate: X509Certificate;
  readonly pem: string;
  readonly key: KeyObject;
  readonly notAfter: number;
}

const RENEW = 'Make a new one with: orion cert renew';

/** Keeps the authority of a data folder. */
export class LocalAuthority {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly #log: Logger;
  readonly #now: () => number;
  #open: OpenAuthority | null = null;
  #making: Promise<OpenAuthority> | null = null;

  /** @param folder the certificates' folder in the data folder */
  constructor(folder: string, log: Logger, now: () => number = Date.now) {
    this.certificateFile = join(folder, 'authority.crt');
    this.keyFile = join(folder, 'authority.key');
    this.#log = log;
    this.#now = now;
  }

  /** The authority, or null before its first use. @throws {ConflictError} when its files cannot be used */
  async find(): Promise<OpenAuthority | null> {
    this.#open ??= await this.#read();
    if (this.#open && this.#open.notAfter <= this.#now()) throw this.#expired(this.#open);
    return this.#open;
  }

  /** The authority, made where there is none. @throws {ConflictError} when its files cannot be used */
  async ensure(): Promise<OpenAuthority> {
    const found = await this.find();
    if (found) return found;
    return this.#making ?? this.#makeNext();
  }

  /** Replaces the authority by a new one, whatever became of the former. */
  renew(): Promise<OpenAuthority> {
    return this.#makeNext();
  }

  /** One after the other: the key of one beside the certificate of another would be refused at the next start. */
  #makeNext(): Promise<OpenAuthority> {
    const making = Promise.resolve(this.#making)
      .catch(() => undefined)
      .then(() => this.#make())
      .finally(() => {
        if (this.#making === making) this.#making = null;
      });
    this.#making = making;
    return making;
  }

  async #make(): Promise<OpenAuthority> {
    const made = await makeAuthority(randomBytes(3).toString('hex'), new Date(this.#now()));
    // The former certificate goes first, the new one comes last: whenever this is cut short, what is left is none or
    // a key alone, and the next start makes a new one. A certificate beside another key would be refused there.
    await rm(this.certificateFile, { force: true });
    await writePrivateFile(this.keyFile, made.key);
    await writePrivateFile(this.certificateFile, made.certificate);
    this.#open = this.#check(made.certificate, made.key);
    return this.#open;
  }

  async #read(): Promise<OpenAuthority | null> {
    const [certificate, key] = await Promise.all([this.#readFile(this.certificateFile), this.#readFile(this.keyFile)]);
    // Only a key: it was cut short while being made, and nobody has seen its certificate.
    if (!certificate) return null;
    if (!key) throw refused(`The key of the local authority, ${this.keyFile}, is missing. Restore it. ${RENEW}`);
    if (key.wasOpen)
      this.#log.warn({ event: 'tls.key' }, `${this.keyFile} could be read by others; only its owner may now.`);
    return this.#check(certificate.text, key.text);
  }

  async #readFile(path: string): Promise<PrivateFile | null> {
    return readPrivateFile(path).catch((error: Error) => {
      throw refused(`The local authority cannot be used: ${error.message} Restore the file. ${RENEW}`);
    });
  }

  #check(pem: string, keyText: string): OpenAuthority {
    const certificate = read(() => new X509Certificate(pem), this.certificateFile);
    const key = read(() => createPrivateKey(keyText), this.keyFile);
    if (!certificate.ca || !isOurs(certificate))
      throw refused(`${this.certificateFile} is not an authority that Orion Studio made. Move it away. ${RENEW}`);
    if (!certificate.checkPrivateKey(key))
      throw refused(`The key in ${this.keyFile} does not belong to ${this.certificateFile}. Restore both. ${RENEW}`);
    return { certificate, pem, key, notAfter: certificate.validToDate.getTime() };
  }

  #expired({ notAfter }: OpenAuthority): ConflictError {
    return refused(`The local authority expired on ${new Date(notAfter).toISOString().slice(0, 10)}. ${RENEW}`);
  }
}

/** Whether an authority was made by this program, here or elsewhere. */
export function isOurs(certificate: X509Certificate): boolean {
  return certificate.subject.split('\n').some((line) => line.startsWith(`CN=${AUTHORITY_NAME} (`));
}

/** `Orion Studio local authority (1f2e3d)`. */
export function commonName(certificate: X509Certificate): string {
  const line = certificate.subject.split('\n').find((text) => text.startsWith('CN='));
  return line?.slice('CN='.length) ?? '';
}

function read<Value>(parse: () => Value, file: string): Value {
  try {
    return parse();
  } catch {
    throw refused(`${file} cannot be read: it is damaged. Restore it. ${RENEW}`);
  }
}

function refused(message: string): ConflictError {
  return new ConflictError('authority_unusable', message);
}
