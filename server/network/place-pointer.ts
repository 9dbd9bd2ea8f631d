/**
 * The data folder's `place.json` (readable by the owner only): in which place the platform lives, and the addresses of
 * other places that still hold something of it. Without the file, it is SQLite in the data folder.
 */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PlaceAddress } from '../database/place.ts';
import { StartupError } from '../errors.ts';

const placeAddress = z.strictObject({
  engine: z.enum(['sqlite', 'postgres']),
  /** Holds a password. */
  databaseUrl: z.string().min(1).nullable(),
});

const placeFile = z.strictObject({
  format: z.literal(1),
  inForce: placeAddress,
  others: z.array(placeAddress),
});

/** What `place.json` says. */
export interface PlacePointer {
  readonly inForce: PlaceAddress;
  readonly others: readonly PlaceAddress[];
}

export const PLACE_FILE = 'place.json';

/**
 * Reads where the platform lives; null when the folder does not say.
 * @throws {StartupError} when the file is there and cannot be read
 */
export async function readPlacePointer(dataDir: string): Promise<PlacePointer | null> {
  const file = join(dataDir, PLACE_FILE);
  try {
    const { inForce, others } = placeFile.parse(JSON.parse(await readFile(file, 'utf8')));
    return { inForce, others };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    const reason = error instanceof z.ZodError ? 'it has other content than it should' : (error as Error).message;
    throw new StartupError(
      `${file} cannot be read (${reason}). It says in which database the platform lives. Restore it from a backup; only when the platform never left the data folder, remove it. Nothing was changed.`,
    );
  }
}

/** Writes it so that a crash leaves the old content or the new one, and never neither. */
export async function writePlacePointer(dataDir: string, pointer: PlacePointer): Promise<void> {
  const file = join(dataDir, PLACE_FILE);
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    // A draft that was left over may have other rights.
    await handle.chmod(0o600);
    await handle.writeFile(`${JSON.stringify({ format: 1, ...pointer }, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  // Windows cannot open a folder; there the rename itself is journalled.
  if (process.platform === 'win32') return;
  const folder = await open(dataDir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
