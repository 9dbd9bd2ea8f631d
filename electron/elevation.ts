/** Runs what needs administrator rights, after the system has asked the user for them. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { exec } from '@vscode/sudo-prompt';
import type { ElevationOutcome } from '../server/contract/elevation.ts';
import { type Command, commandLine } from './elevated-command.ts';

/** How it ended, with a sentence for the person who asked. */
export interface Elevated {
  readonly outcome: ElevationOutcome;
  readonly message: string;
}

/** The name that the system shows in its dialog. */
const NAME = 'Orion Studio';
const DIRECT_TIMEOUT_MS = 120_000;
/** Of what a failed program said, the end is what says why. */
const MAX_MESSAGE = 400;

/** The end of a program that was run. */
export interface ProgramEnd {
  readonly error: (Error & { readonly code?: number | string | null }) | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Elevator {
  readonly platform: NodeJS.Platform;
  /** Whether this process has the rights already: then nobody is asked. */
  readonly isAdministrator: boolean;
  readonly runDirectly: (command: Command) => Promise<ProgramEnd>;
  readonly runAsking: (line: string) => Promise<ProgramEnd>;
}

/** Runs a command of the server as administrator. Never rejects. */
export async function runElevated(command: Command, elevator: Elevator): Promise<Elevated> {
  if (elevator.isAdministrator) return describeEnd(await elevator.runDirectly(command), elevator.platform);
  const line = commandLine(command, elevator.platform);
  if (line === null)
    return {
      outcome: 'unavailable',
      message:
        'A path in the command has a letter that the system’s dialog cannot take. Run the command in a terminal.',
    };
  return describeEnd(await elevator.runAsking(line), elevator.platform);
}

/** Tells "no" from "cannot be asked" from "went wrong". The words are those of @vscode/sudo-prompt. */
export function describeEnd({ error, stdout, stderr }: ProgramEnd, platform: NodeJS.Platform): Elevated {
  if (!error) return { outcome: 'done', message: lastLine(stdout) || 'Done.' };
  const { message } = error;
  if (message.includes('No polkit authentication agent found') || message.includes('Unable to find pkexec'))
    return {
      outcome: 'unavailable',
      message:
        'This desktop has no dialog that asks for an administrator (polkit agent). Run the command in a terminal.',
    };
  if (message.includes('User did not grant permission')) return refused(error, stderr, platform);
  return { outcome: 'failed', message: lastLine(stderr) || lastLine(message) || 'The command failed.' };
}

/** Nothing was run. pkexec ends with 126 when the dialog was closed, and with 127 for everything else. */
function refused({ code }: NonNullable<ProgramEnd['error']>, stderr: string, platform: NodeJS.Platform): Elevated {
  const isOther = platform === 'linux' && code === 127 && !/not authorized/i.test(stderr);
  if (isOther)
    return {
      outcome: 'unavailable',
      message: `The system could not ask for an administrator: ${lastLine(stderr) || 'pkexec failed'}. Run the command in a terminal.`,
    };
  return { outcome: 'cancelled', message: 'The system gave no administrator rights. Nothing was changed.' };
}

function lastLine(text: string): string {
  const line = text.trimEnd().split(/\r?\n/).at(-1)?.trim() ?? '';
  return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}…` : line;
}

/** The real one. @param icon the dialog's picture on macOS; left out when the file is not there */
export function systemElevator(icon: string): Elevator {
  return {
    platform: process.platform,
    isAdministrator: process.getuid?.() === 0,
    runDirectly: ({ program, args }) =>
      new Promise((resolve) => {
        const options = { timeout: DIRECT_TIMEOUT_MS, windowsHide: true };
        execFile(program, [...args], options, (error, stdout, stderr) => resolve({ error, stdout, stderr }));
      }),
    runAsking: (line) =>
      new Promise((resolve) => {
        const options = existsSync(icon) ? { name: NAME, icns: icon } : { name: NAME };
        exec(line, options, (error, stdout = '', stderr = '') =>
          resolve({ error: error ?? null, stdout: String(stdout), stderr: String(stderr) }),
        );
      }),
  };
}
