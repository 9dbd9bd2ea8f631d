/** Changes of the data folder's pointer to the place in force, and what it knows of other places. */
import type { PlaceAddress } from '../place.ts';
import { isSamePlace, placeKey } from './place-key.ts';
import type { PlacePointerFile } from './switch-parts.ts';

const DATA_FOLDER: PlaceAddress = { engine: 'sqlite', databaseUrl: null };

/** Keeps the address of a place that is about to hold something of the platform. */
export async function knowPlace(file: PlacePointerFile, address: PlaceAddress): Promise<void> {
  const { inForce, others } = await readPointer(file);
  await file.write({ inForce, others: distinct([...others.filter((other) => !isSamePlace(other, address)), address]) });
}

/** Forgets the address of a place that holds nothing of the platform any more. */
export async function forgetPlace(file: PlacePointerFile, place: string): Promise<void> {
  const { inForce, others } = await readPointer(file);
  await file.write({ inForce, others: others.filter((other) => placeKey(other) !== place) });
}

/** The address of a place by its key; null when the folder does not know it. */
export async function findPlace(file: PlacePointerFile, place: string): Promise<PlaceAddress | null> {
  const { inForce, others } = await readPointer(file);
  return [inForce, ...others, DATA_FOLDER].find((address) => placeKey(address) === place) ?? null;
}

/**
 * Puts another place in force. When the file says so afterwards, it is so, whatever went wrong.
 * @throws {Error} when the file still names the earlier place
 */
export async function pointTo(file: PlacePointerFile, address: PlaceAddress): Promise<void> {
  const { inForce, others } = await readPointer(file);
  const left = distinct([...others, inForce].filter((other) => !isSamePlace(other, address)));
  try {
    await file.write({ inForce: address, others: left });
  } catch (error) {
    const now = await file.read().catch(() => null);
    if (!now || !isSamePlace(now.inForce, address)) throw error;
  }
}

async function readPointer(file: PlacePointerFile) {
  return (await file.read()) ?? { inForce: DATA_FOLDER, others: [] };
}

function distinct(addresses: readonly PlaceAddress[]): PlaceAddress[] {
  return [...new Map(addresses.map((address) => [placeKey(address), address])).values()];
}
