import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { StartupError } from '../errors.ts';
import type { OutputOptions } from './output.ts';
import { openClient, type PlatformClient } from './platform-client.ts';
import type { ShellFormat } from './shell-text.ts';

/** How results can be printed. */
export const FORMATS = ['text', 'json', 'table', 'csv'] as const;

interface GlobalFlags {
  readonly format?: (typeof FORMATS)[number];
  readonly dataDir?: string;
}

/** @throws {StartupError} for a format that only rows of `dbshell` have */
export function formatOf(command: Command): OutputOptions {
  const { format = 'text' } = command.optsWithGlobals<GlobalFlags>();
  if (format === 'csv') throw new StartupError('--format csv is for dbshell alone. There are: text, json.', 2);
  return { format: format === 'json' ? 'json' : 'text' };
}

/** The format of rows that `dbshell` prints. */
export function shellFormatOf(command: Command): ShellFormat {
  const { format = 'text' } = command.optsWithGlobals<GlobalFlags>();
  return format === 'text' ? 'table' : format;
}

/** The data folder meant: the flag, else what the configuration says. */
export function dataDirOf(command: Command): string {
  const { dataDir } = command.optsWithGlobals<GlobalFlags>();
  return dataDir ? resolve(dataDir) : loadConfig({ argv: [], env: process.env, cwd: process.cwd() }).dataDir;
}

/** Runs `work` with the platform of the command's data folder. */
export async function withClient(command: Command, work: (client: PlatformClient) => Promise<void>): Promise<void> {
  const client = await openClient(dataDirOf(command));
  try {
    await work(client);
  } finally {
    await client.close();
  }
}
