import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { tryLockFolder } from './folder-lock.ts';

/** What a running server tells programs of the same user, in `server.json` (readable by the owner only). */
const runningServer = z.object({
  pid: z.number().int().positive(),
  port: z.number().int().min(1).max(65535),
  platformDomain: z.string(),
  version: z.string(),
  /** Lets the command line use the console's API. */
  controlToken: z.string().min(32),
});

export type RunningServer = Readonly<z.infer<typeof runningServer>>;

export const SERVER_FILE = 'server.json';

/**
 * The server that uses a folder, or null when none runs. The file alone proves nothing: it may be left over from
 * a killed server, or copied. Only a folder that is locked has a server.
 */
export async function findRunningServer(path: string): Promise<RunningServer | null> {
  const server = await readServerFile(path);
  if (!server || !existsSync(join(path, 'lock.sqlite'))) return null;
  const lock = tryLockFolder(path);
  lock?.release();
  return lock ? null : server;
}

async function readServerFile(path: string): Promise<RunningServer | null> {
  try {
    const parsed = runningServer.safeParse(JSON.parse(await readFile(join(path, SERVER_FILE), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
