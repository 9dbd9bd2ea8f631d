import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { NOBODY, whyNotAsNobody } from '../../../server/testing/other-user.ts';
import { projectRoot } from './orion-server.ts';

const IDS = { root: 0, nobody: NOBODY };

/** A server for which a file of the test is /etc/hosts; the machine's own is not touched, and is not seen by it. */
export interface OwnHostsServer {
  /** The console's address, with `/` at the end. */
  readonly console: string;
  /** Signs in to the console once. */
  readonly signIn: string;
  /** The file's bytes. */
  readonly read: () => Buffer;
  /** Runs a line as root where the server runs, where `sudo` asks nobody; returns what it printed. @throws when it fails */
  readonly runAsAdministrator: (line: string) => string;
  /** Runs `orion` there, also as root. @throws when it fails */
  readonly orion: (...args: readonly string[]) => string;
  /** What the program that empties the cache of names was asked so far, a line each time. */
  readonly flushes: () => string;
  /** Ends the process and removes its folders. */
  readonly stop: () => Promise<void>;
}

/** Why no such server can be started here; null where one can. */
export function whyNoOwnHosts(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root';
  const { status } = spawnSync('unshare', ['--mount', 'sh', '-c', 'mount --bind /etc/hosts /etc/hosts']);
  if (status !== 0) return 'this system gives no mount namespace';
  return spawnSync('setpriv', ['--version']).status === 0 ? whyNotAsNobody() : 'needs setpriv';
}

/** Starts the server with the demo store `orion`, as root or as a user who may only read the file. */
export async function startWithOwnHosts(content: Buffer, user: keyof typeof IDS): Promise<OwnHostsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'orion-hosts-'));
  const hosts = join(folder, 'hosts');
  const dataDir = join(folder, 'data');
  chmodSync(folder, 0o755);
  writeFileSync(hosts, content, { mode: 0o644 });
  mkdirSync(dataDir, { mode: 0o700 });
  chownSync(dataDir, IDS[user], IDS[user]);
  const env = { ...ownEnvironment(), HOME: folder, PATH: withStandIns(folder) };
  const become = ['setpriv', `--reuid=${IDS[user]}`, `--regid=${IDS[user]}`, '--clear-groups'];
  const flags = ['--json', '--port', '0', '--data-dir', dataDir, '--log-level', 'error', '--fixtures', 'orion'];
  const script = 'mount --bind "$0" /etc/hosts && exec "$@"';
  const command = [hosts, ...become, process.execPath, 'server/main.ts', ...flags, '--trust-home', folder];
  const child = spawn('unshare', ['--mount', 'sh', '-c', script, ...command], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let logs = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    logs += text;
  });
  const stop = async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const { signIn } = JSON.parse(line) as { signIn: string };
    const enter = [`--mount=/proc/${child.pid}/ns/mnt`, `--wd=${projectRoot}`, '--'];
    const run = (args: readonly string[]) => execFileSync('nsenter', [...enter, ...args], { env, encoding: 'utf8' });
    return {
      console: `${new URL(signIn).origin}/`,
      signIn,
      read: () => readFileSync(hosts),
      runAsAdministrator: (text) => run(['sh', '-c', text]),
      orion: (...args) => run([process.execPath, 'server/cli/main.ts', ...args, '--data-dir', dataDir]),
      flushes: () => readFileSync(join(folder, 'flushes'), 'utf8'),
      stop,
    };
  }
  await stop();
  throw new Error(`The server ended before it was ready:\n${logs}`);
}

/** Settings of whoever runs the tests must not reach the server. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ORION_')));
}

/**
 * A search path with stand-ins for programs that not every machine has: `sudo`, which asks nobody, and the one of systemd
 * that empties the cache of names, which notes its arguments.
 */
function withStandIns(folder: string): string {
  const programs = join(folder, 'bin');
  const notes = join(folder, 'flushes');
  mkdirSync(programs);
  writeFileSync(notes, '');
  chmodSync(notes, 0o666);
  writeFileSync(join(programs, 'sudo'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  writeFileSync(join(programs, 'resolvectl'), `#!/bin/sh\necho "$@" >> '${notes}'\n`, { mode: 0o755 });
  return [programs, process.env['PATH'] ?? ''].join(delimiter);
}
