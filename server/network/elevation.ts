/**
 * Work that needs administrator rights. The server registers what has to run; the desktop app asks for it by id over the
 * parent's channel and runs it after the system has asked the user, and in a browser the person runs the same command by
 * hand. Pages only ever see ids and text: no page can choose what runs with these rights.
 */
import { randomUUID } from 'node:crypto';
import type { Elevation } from '../contract/elevation.ts';

const VALID_MS = 15 * 60 * 1000;
const MAX_KEPT = 50;

/** A program with its arguments, to be run as administrator. */
export interface ElevatedCommand {
  /** What will happen, in a sentence. */
  readonly purpose: string;
  /** Absolute path. */
  readonly program: string;
  readonly args: readonly string[];
}

interface Kept {
  readonly command: ElevatedCommand;
  readonly expiresAt: number;
}

/** Keeps what may be run with administrator rights, by id, for a quarter of an hour. */
export class Elevations {
  readonly #kept = new Map<string, Kept>();

  /** Registers a command; returns what a page may see of it. */
  register(command: ElevatedCommand): Elevation {
    const id = randomUUID();
    this.#kept.set(id, { command, expiresAt: Date.now() + VALID_MS });
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MAX_KEPT) break;
      this.#kept.delete(oldest);
    }
    return { id, purpose: command.purpose, command: terminalCommand(command) };
  }

  /** The command behind an id; null when it is unknown or too old. */
  find(id: string): ElevatedCommand | null {
    const kept = this.#kept.get(id);
    return kept && kept.expiresAt > Date.now() ? kept.command : null;
  }
}

/** The line that does the same in a terminal: with `sudo`, on Windows for one that was opened as administrator. */
export function terminalCommand(
  { program, args }: Pick<ElevatedCommand, 'program' | 'args'>,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'win32') return `& ${[program, ...args].map(quoteForPowerShell).join(' ')}`;
  return `sudo ${[program, ...args].map(quoteForShell).join(' ')}`;
}

function quoteForShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function quoteForPowerShell(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
