/** Runs the programs that come with Postgres, and says what their failures mean. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import type { PostgresFolder } from './embedded-folder.ts';

/** What Postgres's own programs get of this process's environment: PGPORT and the like of a developer would mislead them. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];
  const entries = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(entries), LC_ALL: 'C', TZ: 'UTC' };
}

/** Whom a program runs as and where: a folder its user can reach. */
export function spawnOptions({ user, path }: PostgresFolder) {
  return { cwd: path, env: postgresEnvironment(), ...(user ? { uid: user.uid, gid: user.gid } : {}) };
}

/**
 * Runs a program to its end, or until this process ends.
 * @param input what it reads; no argument and no log shows it
 * @throws {Error} with `stderr`, what it wrote
 */
export function runProgram(
  program: string,
  args: readonly string[],
  folder: PostgresFolder,
  input?: string,
): Promise<{ readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, spawnOptions(folder), (error, stdout, stderr) => {
      watchdog?.kill('SIGKILL');
      if (error) reject(Object.assign(error, { stderr }));
      else resolve({ stdout });
    });
    const watchdog = watchParent(child.pid ?? 0, folder);
    child.stdin?.once('error', () => undefined);
    child.stdin?.end(input);
  });
}

/**
 * Ends a program when this process is gone, however it ended: the shell reads from a pipe that closes with this process.
 * Windows has no such shell; there the next start ends what is left.
 */
export function watchParent(pid: number, { user }: PostgresFolder): ChildProcess | null {
  if (process.platform === 'win32' || pid === 0) return null;
  const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'orion-postgres-watchdog', String(pid)], {
    cwd: '/',
    env: postgresEnvironment(),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  });
  watchdog.once('error', () => undefined);
  watchdog.stdin?.once('error', () => undefined);
  watchdog.unref();
  (watchdog.stdin as { unref?: () => void } | null)?.unref?.();
  return watchdog;
}

/** What a program's failure means, from what it wrote. */
export function explainProgramError(error: unknown): string {
  const { code, message, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
  const text = stderr?.trim() ? stderr.trim() : message;
  if (code === 'ENOENT') return 'its programs need the GNU C library, or a file is missing.';
  return explainWords(text) ?? `${lastLine(text)}.`;
}

/** What the last words of a program of Postgres mean; null when they are not known. */
export function explainWords(text: string): string | null {
  if (/No space left on device|Disk quota exceeded|Check free disk space/.test(text))
    return 'the disk is full. Free some space, then start again.';
  if (/administrative permissions/.test(text))
    return 'Postgres does not run with an administrator’s rights. Start Orion Studio as an ordinary user.';
  if (/loading shared libraries|image not found/.test(text)) return `a system library is missing (${lastLine(text)}).`;
  if (/could not (map|create) (anonymous )?shared memory/.test(text))
    return `the system gives it too little shared memory (${lastLine(text)}).`;
  if (/Permission denied/.test(text)) return `a file may not be read or written (${lastLine(text)}).`;
  return null;
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^(initdb: removing|HINT)/.test(line));
  return (lines.at(-1) ?? '').replace(/^.*?(FATAL|PANIC|ERROR|error): +/, '').replace(/\.$/, '');
}
