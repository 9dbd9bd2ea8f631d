/**
 * Databases of NSS, where Chromium on Linux and Firefox everywhere keep whom they trust beside the system's own list.
 * They are read and written by `certutil` of the NSS tools.
 */
import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AUTHORITY_NAME } from '../issue.ts';
import { type RunProgram, runOrFail } from './run-program.ts';
import { OTHER, TRUSTED, type TrustedAuthority, type TrustPlace, UNTRUSTED, unavailable } from './trust-place.ts';

export interface NssTools {
  readonly run: RunProgram;
  /** Null when it is not installed. */
  readonly certutil: string | null;
  /** Installs it, as a command line; null where nothing does. */
  readonly installCommand: string | null;
}

export interface NssPlaceOptions extends NssTools {
  readonly id: string;
  readonly label: string;
  readonly clients: string;
  /** The folders of the databases; each is made where it is missing. */
  readonly folders: readonly string[];
}

/** One or more databases that are treated as one place. */
export function nssPlace({ id, label, clients, folders, ...tools }: NssPlaceOptions): TrustPlace {
  const { run, certutil, installCommand } = tools;
  const named = { id, label, clients };
  if (certutil === null) {
    const reason = 'certutil of the NSS tools is missing. Install it, then look again.';
    return { ...named, change: null, look: async () => unavailable(reason, installCommand) };
  }
  const databases = folders.map((folder) => new NssDatabase(folder, certutil, run));
  return {
    ...named,
    change: {
      needsRights: false,
      async install(authority) {
        for (const database of databases) await database.install(authority);
      },
      async remove() {
        for (const database of databases) await database.remove();
      },
    },
    async look(authority) {
      const found = await Promise.all(databases.map((database) => database.trusted()));
      if (authority && found.every((fingerprints) => fingerprints.includes(authority.sha256))) return TRUSTED;
      return found.some((fingerprints) => fingerprints.some((one) => one !== authority?.sha256)) ? OTHER : UNTRUSTED;
    },
  };
}

class NssDatabase {
  readonly #folder: string;
  readonly #certutil: string;
  readonly #run: RunProgram;

  constructor(folder: string, certutil: string, run: RunProgram) {
    this.#folder = folder;
    this.#certutil = certutil;
    this.#run = run;
  }

  /** Fingerprints of our authorities that are trusted for web sites here. */
  async trusted(): Promise<string[]> {
    const fingerprints: string[] = [];
    for (const { nickname, flags } of await this.#ours()) {
      if (!/^[^,]*C/.test(flags)) continue;
      const { out } = await this.#ask('-L', '-n', nickname, '-a');
      fingerprints.push(...readFingerprint(out));
    }
    return fingerprints;
  }

  async install(authority: TrustedAuthority): Promise<void> {
    if (!this.#isMade()) {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await this.#do('-N', '--empty-password');
    }
    await this.remove();
    // `C`: an authority for web sites; nothing for mail and programs.
    await this.#do('-A', '-t', 'C,,', '-n', authority.name, '-i', authority.file);
  }

  async remove(): Promise<void> {
    for (const { nickname } of await this.#ours()) await this.#do('-D', '-n', nickname);
  }

  #isMade(): boolean {
    return existsSync(join(this.#folder, 'cert9.db'));
  }

  async #ours(): Promise<{ readonly nickname: string; readonly flags: string }[]> {
    if (!this.#isMade()) return [];
    const { code, out, error } = await this.#ask('-L');
    if (code !== 0) throw new Error(`${this.#folder} cannot be read: ${error.trim()}`);
    return out.split('\n').flatMap((line) => {
      const [, nickname = '', flags = ''] = /^(.+?)\s+(\S*,\S*,\S*)\s*$/.exec(line) ?? [];
      return nickname.startsWith(`${AUTHORITY_NAME} (`) ? [{ nickname, flags }] : [];
    });
  }

  #ask(...args: readonly string[]) {
    return this.#run(this.#certutil, ['-d', `sql:${this.#folder}`, ...args]);
  }

  #do(...args: readonly string[]): Promise<string> {
    return runOrFail(this.#run, this.#certutil, ['-d', `sql:${this.#folder}`, ...args]);
  }
}

function readFingerprint(pem: string): string[] {
  try {
    return [new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()];
  } catch {
    return [];
  }
}
