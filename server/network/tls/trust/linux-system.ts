import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElevatedCommand } from '../../elevation.ts';
import { type RunProgram, runOrFail } from './run-program.ts';
import { ANCHOR_NAME, findLayout } from './system-layouts.ts';
import {
  OTHER,
  TRUSTED,
  type TrustChange,
  type TrustedAuthority,
  type TrustPlace,
  UNTRUSTED,
  unavailable,
} from './trust-place.ts';

const HELPER = join(import.meta.dirname, '../trust-helper.ts');

export interface LinuxSystemOptions {
  /** `/` but in tests. */
  readonly root: string;
  readonly isAdministrator: boolean;
  readonly run: RunProgram;
}

/** Whom the Linux system trusts: what curl, wget, git, Python and many others read. */
export function linuxSystemPlace({ root, isAdministrator, run }: LinuxSystemOptions): TrustPlace {
  const layout = findLayout(root);
  const label = { id: 'system', label: 'System', clients: 'curl, wget, git, Python, Go' };
  if (!layout) {
    const reason =
      'This system keeps its authorities in none of the known places. Add the certificate as it documents.';
    return { ...label, change: null, look: async () => unavailable(reason) };
  }
  return {
    ...label,
    change: changes(layout.id, isAdministrator, run),
    async look(authority) {
      const [bundle, anchor] = await Promise.all([
        readText(join(root, layout.bundle)),
        readText(join(root, layout.anchors, ANCHOR_NAME)),
      ]);
      if (authority && bodyOf(bundle).includes(bodyOf(authority.pem))) return TRUSTED;
      if (anchor === '') return UNTRUSTED;
      return authority && isSame(anchor, authority)
        ? { ...UNTRUSTED, message: 'The certificate is there, but the system has not read it yet. Trust it again.' }
        : OTHER;
    },
  };
}

function changes(layout: string, isAdministrator: boolean, run: RunProgram): TrustChange {
  const install = (authority: TrustedAuthority): ElevatedCommand => ({
    purpose: `Adds "${authority.name}" to the authorities that this system trusts.`,
    program: process.execPath,
    args: [HELPER, 'install', layout, authority.file, authority.sha256],
  });
  const remove = (): ElevatedCommand => ({
    purpose: 'Removes the local authority of Orion Studio from those that this system trusts.',
    program: process.execPath,
    args: [HELPER, 'remove', layout],
  });
  if (!isAdministrator) return { needsRights: true, install, remove };
  // In a process of its own, also with these rights: it needs another mode for what it writes.
  const runHelper = async ({ program, args }: ElevatedCommand) => {
    await runOrFail(run, program, args);
  };
  return {
    needsRights: false,
    install: (authority) => runHelper(install(authority)),
    remove: () => runHelper(remove()),
  };
}

function isSame(pem: string, authority: TrustedAuthority): boolean {
  try {
    return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase() === authority.sha256;
  } catch {
    return false;
  }
}

function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

/** PEM without its line ends: bundles break lines as they like. */
function bodyOf(pem: string): string {
  return pem.replace(/\s+/g, '');
}
