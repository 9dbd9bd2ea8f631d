import { lookup } from 'node:dns/promises';
import { access, constants, stat, statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import { MIN_FREE_BYTES } from './data-folder.ts';
import { findRunningServer } from './running-server.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
  /** What to do about it, or null. */
  readonly fix: string | null;
}

export interface DoctorInput {
  readonly dataDir: string;
  readonly port: number;
  readonly platformDomain: string;
  /** Subdomains of the stores. */
  readonly names: readonly string[];
}

const MIN_FREE_MIB = MIN_FREE_BYTES / 1024 / 1024;

/** Looks at what the server needs: its port, its data folder, and whether names lead to this machine. */
export async function examine(input: DoctorInput): Promise<Finding[]> {
  return [
    await checkNode(),
    await checkDataFolder(input),
    await checkSpace(input),
    await checkPort(input),
    ...(await checkNames(input)),
  ];
}

async function checkNode(): Promise<Finding> {
  return { name: 'node', status: 'ok', message: `Node ${process.versions.node}, the project's own`, fix: null };
}

async function checkDataFolder({ dataDir }: DoctorInput): Promise<Finding> {
  const name = 'data folder';
  const found = await stat(dataDir).catch(() => null);
  if (!found)
    return { name, status: 'ok', message: `${dataDir} is not there yet; the first start makes it`, fix: null };
  if (!found.isDirectory())
    return { name, status: 'failed', message: `${dataDir} is a file`, fix: 'Name another folder with --data-dir.' };
  const isWritable = await access(dataDir, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable)
    return {
      name,
      status: 'failed',
      message: `${dataDir} is read-only for this user`,
      fix: 'Change its permissions, or name another folder with --data-dir.',
    };
  const server = await findRunningServer(dataDir);
  return {
    name,
    status: 'ok',
    message: server
      ? `${dataDir}, in use by the server on port ${server.port} (process ${server.pid})`
      : `${dataDir} is writable and free`,
    fix: null,
  };
}

async function checkSpace({ dataDir }: DoctorInput): Promise<Finding> {
  const name = 'disk space';
  const info = await statfs(dataDir).catch(() => null);
  if (!info) return { name, status: 'ok', message: 'not known before the folder is there', fix: null };
  const freeMib = Math.floor((info.bavail * info.bsize) / 1024 / 1024);
  if (freeMib < MIN_FREE_MIB)
    return {
      name,
      status: 'failed',
      message: `${freeMib} MiB are free`,
      fix: 'Free some space, or name another folder with --data-dir.',
    };
  return { name, status: 'ok', message: `${freeMib} MiB are free`, fix: null };
}

async function checkPort({ dataDir, port }: DoctorInput): Promise<Finding> {
  const name = 'port';
  const server = await findRunningServer(dataDir);
  if (server) return { name, status: 'ok', message: `the server listens on ${server.port}`, fix: null };
  if (!(await isTaken(port))) return { name, status: 'ok', message: `${port} is free`, fix: null };
  return {
    name,
    status: 'warning',
    message: `${port} is in use by another program`,
    fix: `The server takes the next free port by itself; to choose one: --port ${port + 80}`,
  };
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1000 });
    const settle = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

/** Browsers resolve `*.localhost` themselves; other programs ask the system. */
async function checkNames({ platformDomain, names }: DoctorInput): Promise<Finding[]> {
  const hosts = [platformDomain, `admin.${platformDomain}`, ...names.map((name) => `${name}.${platformDomain}`)];
  return Promise.all(hosts.map((host) => checkName(host, platformDomain)));
}

async function checkName(host: string, platformDomain: string): Promise<Finding> {
  const name = `name ${host}`;
  const addresses = await lookup(host, { all: true }).catch(() => []);
  const isLocal =
    addresses.length > 0 && addresses.every(({ address }) => address.startsWith('127.') || address === '::1');
  const listed = addresses.map(({ address }) => address).join(', ');
  if (isLocal) return { name, status: 'ok', message: `leads to ${listed} for every program`, fix: null };
  const hostsLine = `127.0.0.1 ${host}`;
  if (addresses.length > 0)
    return {
      name,
      status: 'failed',
      message: `leads to ${listed}, which is not this machine`,
      fix: `Add this line to the hosts file: ${hostsLine}`,
    };
  const inBrowser = platformDomain === 'localhost';
  return {
    name,
    status: inBrowser ? 'warning' : 'failed',
    message: inBrowser ? 'works in Chrome, Edge and Firefox; not in Safari, curl or other programs' : 'leads nowhere',
    fix: `For every program, add this line to the hosts file: ${hostsLine}`,
  };
}
