import type { Finding } from '../../contract/doctor.ts';
import { about } from './finding.ts';
import { findPortHolder, isFree, nextFreePort, type PortHolder } from './port-holder.ts';

/** A port that the server wants, and what became of it. */
export interface PortUse {
  readonly id: 'http' | 'https' | 'proxy';
  /** Null while what needs it is off. */
  readonly wanted: number | null;
  /** Where it listens; null when it does not. */
  readonly listening: number | null;
  /** Whether it was named: then no other is tried. */
  readonly isFixed: boolean;
  /** Why it does not listen although it should. */
  readonly fault: string | null;
}

/** Looking at the machine, for tests to replace. */
export interface PortLook {
  readonly isFree: (port: number) => Promise<boolean>;
  readonly holder: (port: number) => Promise<PortHolder | null>;
  readonly nextFree: (after: number) => Promise<number | null>;
}

export const realPorts: PortLook = { isFree, holder: findPortHolder, nextFree: nextFreePort };

const NAMES = { http: 'Port of the server', https: 'Port for HTTPS', proxy: 'Port of the proxy for browsers' } as const;
const OFF = {
  http: 'The server does not run.',
  https: 'HTTPS is off.',
  proxy: 'The automatic proxy configuration is off.',
} as const;

/** Says of each port whether the server has it, and if not, who does. */
export function checkPorts(uses: readonly PortUse[], look: PortLook = realPorts): Promise<Finding[]> {
  return Promise.all(uses.map((use) => checkPort(use, look)));
}

async function checkPort(use: PortUse, look: PortLook): Promise<Finding> {
  const { id, wanted, listening } = use;
  const finding = about('ports', `port:${id}`, NAMES[id]);
  if (wanted === null) return finding.skipped(OFF[id]);
  if (listening !== null && (wanted === 0 || wanted === listening))
    return finding.ok(`The server (process ${process.pid}) listens on ${listening}.`);
  if (listening !== null) return movedPort(use, listening, wanted, look);
  if (await look.isFree(wanted)) {
    if (use.fault === null) return finding.ok(`${wanted} is free.`);
    return finding.failed(`The server does not listen on ${wanted}: ${use.fault}`, {
      fix: { text: 'Start it again.', action: id === 'https' ? 'restart-https' : null },
    });
  }
  const holder = await look.holder(wanted);
  const next = await look.nextFree(wanted);
  const message = `${wanted} is in use by ${describeHolder(holder)}.`;
  const more = { details: detailsOf(holder), fix: freePort(use, wanted, holder, next) };
  return use.isFixed || use.fault !== null ? finding.failed(message, more) : finding.warning(message, more);
}

/** The wanted port was taken when the server started, so it has another. */
async function movedPort(use: PortUse, listening: number, wanted: number, look: PortLook): Promise<Finding> {
  const finding = about('ports', `port:${use.id}`, NAMES[use.id]);
  const moved = `The server listens on ${listening}, because ${wanted} was taken when it started.`;
  if (await look.isFree(wanted))
    return finding.ok(`${moved} ${wanted} is free by now; the server takes it at its next start.`);
  const holder = await look.holder(wanted);
  return finding.warning(`${moved} ${wanted} is in use by ${describeHolder(holder)}.`, {
    details: detailsOf(holder),
    fix: freePort(use, wanted, holder, listening),
  });
}

/** `python3 -m http.server 8000 (process 1234, user ann)`. */
export function describeHolder(holder: PortHolder | null): string {
  if (!holder) return 'another program, which the system does not name';
  if (holder.pid === null)
    return `a program of ${holder.user === null ? 'another user' : `the user ${holder.user}`}, which only an administrator may look at`;
  const what = holder.command === null ? 'a program' : `"${shorten(holder.command)}"`;
  return `${what} (process ${holder.pid}${holder.user === null ? '' : `, user ${holder.user}`})`;
}

function shorten(command: string): string {
  return command.length > 120 ? `${command.slice(0, 119)}…` : command;
}

function detailsOf(holder: PortHolder | null): string[] {
  return holder?.command && holder.command.length > 120 ? [holder.command] : [];
}

const MOVES = {
  http: (port: number) => `start this server on another port: --port ${port}`,
  https: (port: number) => `choose another port for HTTPS, such as ${port}`,
  proxy: (port: number) => `leave it: the proxy takes ${port}`,
} as const;

function freePort(use: PortUse, port: number, holder: PortHolder | null, next: number | null) {
  const move = next === null ? '' : ` Or ${MOVES[use.id](next)}.`;
  const action = use.id === 'https' ? ('restart-https' as const) : null;
  if (holder?.pid == null) {
    const command = process.platform === 'linux' ? `sudo ss -ltnp 'sport = :${port}'` : null;
    return { text: `Find the program and stop it.${move}`, command, action };
  }
  const command = process.platform === 'win32' ? `Stop-Process -Id ${holder.pid}` : `kill ${holder.pid}`;
  return { text: `Stop that program, if it is not needed.${move}`, command, action };
}
