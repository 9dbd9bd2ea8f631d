/** Who listens on a port: process, command line and user, as far as the system tells this user. */
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { type Listener, parseLsof, parseNetstat } from './port-tables.ts';
import { type ListeningSocket, parseProcNetTcp } from './proc-net-tcp.ts';
import { type RunProgram, runProgram } from './run-program.ts';

/** Who holds a port; `pid` is null when the system only says whose it is, or nothing. */
export interface PortHolder {
  readonly pid: number | null;
  readonly command: string | null;
  readonly user: string | null;
}

const AT_ONCE = 64;

/** Finds who listens on a port of this machine; null when the system does not say. */
export async function findPortHolder(
  port: number,
  run: RunProgram = runProgram,
  platform: NodeJS.Platform = process.platform,
): Promise<PortHolder | null> {
  if (platform === 'linux') return findOnLinux(port);
  if (platform === 'win32') return findOnWindows(port, run);
  return findWithLsof(port, run);
}

async function findOnLinux(port: number): Promise<PortHolder | null> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const sockets = tables.flatMap(parseProcNetTcp).filter((socket) => socket.port === port);
  const first = sockets[0];
  if (!first) return null;
  const pid = await processWith(sockets);
  const user = await userName(first.uid);
  return pid === null ? { pid: null, command: null, user } : { pid, command: await commandLine(pid), user };
}

/** The process that has one of the sockets open; null when it belongs to another user, whose files are closed to us. */
async function processWith(sockets: readonly ListeningSocket[]): Promise<number | null> {
  const wanted = new Set(sockets.map(({ inode }) => `socket:[${inode}]`));
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (let start = 0; start < pids.length; start += AT_ONCE) {
    const some = pids.slice(start, start + AT_ONCE);
    const holds = await Promise.all(some.map((pid) => hasOpen(pid, wanted)));
    const index = holds.indexOf(true);
    if (index >= 0) return Number(some[index]);
  }
  return null;
}

async function hasOpen(pid: string, wanted: ReadonlySet<string>): Promise<boolean> {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return links.some((link) => wanted.has(link));
}

async function commandLine(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return text.replaceAll('\0', ' ').trim() || null;
}

async function userName(uid: number): Promise<string | null> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const line = text.split('\n').find((entry) => entry.split(':')[2] === String(uid));
  return line?.split(':')[0] ?? String(uid);
}

async function findWithLsof(port: number, run: RunProgram): Promise<PortHolder | null> {
  const programs = ['/usr/sbin/lsof', '/usr/bin/lsof'];
  const there = await Promise.all(
    programs.map((path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  const lsof = programs[there.indexOf(true)] ?? 'lsof';
  const output = await run(lsof, ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-F', 'pcL']);
  const holder: Listener | undefined = parseLsof(output ?? '')[0];
  if (!holder) return null;
  const line = await run('/bin/ps', ['-o', 'command=', '-p', String(holder.pid)]);
  return { ...holder, command: line?.trim() || holder.command };
}

async function findOnWindows(port: number, run: RunProgram): Promise<PortHolder | null> {
  const [pid] = parseNetstat((await run('netstat.exe', ['-ano', '-p', 'TCP'])) ?? '', port);
  if (pid === undefined) return null;
  const query = `$p = Get-CimInstance Win32_Process -Filter "ProcessId=${pid}"; if ($p.CommandLine) { $p.CommandLine } else { $p.Name }`;
  const line = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query]);
  return { pid, command: line?.trim() || null, user: null };
}

/** Whether nothing listens on a port of this machine. */
export async function isFree(port: number): Promise<boolean> {
  const [four, six] = await Promise.all(['127.0.0.1', '::1'].map((host) => canListen(port, host)));
  return four === true && six === true;
}

/** The first free port after one; null when there is none within 100. */
export async function nextFreePort(after: number): Promise<number | null> {
  for (let port = after + 1; port <= Math.min(after + 100, 65_535); port += 1) if (await isFree(port)) return port;
  return null;
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has nobody who could hold the port there; one that needs rights for it holds nothing.
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'EADDRINUSE'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
