/** Removes what a backend holds that is not in force: kept ones, and targets of moves that came to nothing. */
import { ConflictError } from '../../errors.ts';
import type { Place } from '../place.ts';
import { placeKey } from './place-key.ts';
import { findPlace, forgetPlace } from './place-pointing.ts';
import { readMemory, remember, type SwitchMemory } from './switch-memory.ts';
import type { SwitchParts } from './switch-parts.ts';
import { isolationOf } from './switch-target.ts';

/** A backend in a place that is not the one in force. */
interface Remains {
  readonly backend: string;
  readonly place: string;
}

/**
 * Removes a backend's data, and the platform database beside it when nothing else of the platform lies there. Repeatable.
 * @param opened the place when it is open already; it is closed then
 * @throws {ConflictError} when the data folder does not know the place any more
 */
export async function removeRemains(
  parts: SwitchParts,
  inForce: Place,
  remains: Remains,
  opened: Place | null,
): Promise<void> {
  if (remains.place === placeKey(inForce.address)) {
    if (remains.backend === `${parts.backend.engine}/${parts.backend.isolation}`)
      throw new ConflictError('backend_in_force', `${remains.backend} is in force and cannot be removed.`);
    return inForce.openBackend(isolationOf(remains.backend)).dropEverything();
  }
  const place = opened ?? (await openKnown(parts, remains));
  try {
    await place.openBackend(isolationOf(remains.backend)).dropEverything();
  } catch (error) {
    await place.close();
    throw error;
  }
  const memory = await readMemory(parts.platform.inForce);
  const isShared = memory?.kept.some((kept) => kept.place === remains.place && kept.backend !== remains.backend);
  if (isShared) return place.close();
  await place.drop();
  await forgetPlace(parts.pointer, remains.place);
}

/** Removes what an earlier move left in its target, when that is not the target of the next one. */
export async function removeUnfinished(parts: SwitchParts, inForce: Place, memory: SwitchMemory): Promise<void> {
  const { unfinished } = memory;
  if (!unfinished) return;
  await removeRemains(parts, inForce, { backend: unfinished.to, place: unfinished.place }, null);
  await remember(parts.platform.inForce, { unfinished: null });
}

async function openKnown(parts: SwitchParts, { backend, place }: Remains): Promise<Place> {
  const address = await findPlace(parts.pointer, place);
  if (address) return parts.openPlace(address);
  throw new ConflictError(
    'place_unknown',
    `The data folder does not know any more where ${backend} lies. Remove its data with the tools of that database.`,
  );
}
