/**
 * Runs as administrator: puts the local authority among those that this system trusts, or takes it away.
 *
 *     trust-helper.ts install LAYOUT CERTIFICATE-FILE SHA256
 *     trust-helper.ts remove LAYOUT
 *
 * It does nothing else whatever its arguments are: it writes or removes one fixed file of a known layout and runs that
 * layout's fixed program. A certificate is taken only when its fingerprint is the one that the person agreed to, and when
 * it is an authority of this program. It imports nothing that would have to be loaded with these rights.
 */
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ANCHOR_NAME, SYSTEM_LAYOUTS, type SystemLayout } from './trust/system-layouts.ts';

const MAX_BYTES = 20_000;
const AUTHORITY_NAME = 'Orion Studio local authority (';

/** What is done; `root` and `update` differ in tests alone. */
export interface HelperPlace {
  readonly root: string;
  readonly update: (layout: SystemLayout, change: 'added' | 'removed') => void;
}

/** Does what the arguments say. @throws {Error} with what is wrong with them; nothing is changed then */
export function runTrustHelper(args: readonly string[], place: HelperPlace): string {
  const [action, layoutId, file, sha256, ...more] = args;
  const layout = SYSTEM_LAYOUTS.find(({ id }) => id === layoutId);
  if (!layout) throw new Error(`The layout must be one of ${SYSTEM_LAYOUTS.map(({ id }) => id).join(', ')}.`);
  const target = join(place.root, layout.anchors, ANCHOR_NAME);
  if (action === 'install' && file !== undefined && sha256 !== undefined && more.length === 0) {
    writeWhole(target, readAuthority(file, sha256));
    place.update(layout, 'added');
    return 'The local authority is trusted by the system.';
  }
  if (action === 'remove' && file === undefined) {
    if (!existsSync(target)) return 'The system trusted no local authority.';
    rmSync(target);
    place.update(layout, 'removed');
    return 'The system does not trust the local authority any more.';
  }
  throw new Error('Use: install LAYOUT CERTIFICATE-FILE SHA256, or: remove LAYOUT');
}

/** Reads once, and judges what was read: the file may be changed by its owner at any time. */
function readAuthority(file: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('The fingerprint must be 64 hexadecimal digits.');
  if (!isAbsolute(file)) throw new Error('The path of the certificate must be absolute.');
  const found = statSync(file);
  if (!found.isFile() || found.size > MAX_BYTES) throw new Error('The certificate is no file of a usual size.');
  const certificate = readCertificate(readFileSync(file, 'utf8'));
  if (createHash('sha256').update(certificate.raw).digest('hex') !== sha256)
    throw new Error('The certificate is not the one that was agreed to: its fingerprint differs. Nothing was changed.');
  const isOurs = certificate.subject.split('\n').some((line) => line.startsWith(`CN=${AUTHORITY_NAME}`));
  if (!certificate.ca || !isOurs) throw new Error('The certificate is not an authority of Orion Studio.');
  return certificate.toString();
}

function readCertificate(text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw new Error('The file holds no certificate.');
  }
}

function writeWhole(target: string, text: string): void {
  const draft = `${target}.${randomUUID()}.new`;
  const file = openSync(draft, 'wx', 0o644);
  try {
    fchmodSync(file, 0o644);
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
  renameSync(draft, target);
}

function updateSystem({ updater, list }: SystemLayout, change: 'added' | 'removed'): void {
  if (change === 'added' || list === null || !existsSync(list)) {
    runUpdater(updater);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'orion-trust-'));
  try {
    const told = join(folder, 'ca-certificates.conf');
    writeFileSync(told, `${readFileSync(list, 'utf8')}\n!${ANCHOR_NAME}\n`);
    runUpdater([...updater, '--certsconf', told]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runUpdater([program, ...args]: SystemLayout['updater']): void {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C' };
  execFileSync(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 });
}

if (import.meta.main) {
  // What the updater writes is read by every program of this machine.
  process.umask(0o022);
  try {
    process.stdout.write(`${runTrustHelper(process.argv.slice(2), { root: '/', update: updateSystem })}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
