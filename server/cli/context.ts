import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import type { OutputOptions } from './output.ts';
import { openClient, type PlatformClient } from './platform-client.ts';

interface GlobalFlags {
  readonly format?: 'text' | 'json';
  readonly dataDir?: string;
}

export function formatOf(command: Command): OutputOptions {
  return { format: command.optsWithGlobals<GlobalFlags>().format ?? 'text' };
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
