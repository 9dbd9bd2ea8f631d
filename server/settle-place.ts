/** In which place the platform lives and on which backend: what the data says, unless there is none yet. */
import { existsSync } from 'node:fs';
import type { Config } from './config.ts';
import type { Place, PlaceAddress } from './database/place.ts';
import type { Isolation } from './database/store-database.ts';
import { isSamePlace } from './database/switch/place-key.ts';
import { StartupError } from './errors.ts';
import type { DataFolder } from './network/data-folder.ts';
import { readPlacePointer, writePlacePointer } from './network/place-pointer.ts';

/**
 * The place in force. A new data folder begins where the configuration says.
 * @throws {StartupError} when the configuration names another place than the one the platform lives in
 */
export async function settlePlace(config: Config, folder: DataFolder): Promise<PlaceAddress> {
  const inForce = (await readPlacePointer(folder.path))?.inForce ?? firstPlace(folder);
  const { engine, databaseUrl } = config;
  if (!inForce) return { engine: engine ?? 'sqlite', databaseUrl };
  if (engine !== undefined && engine !== inForce.engine)
    throw contradiction(`lives on ${inForce.engine}`, engine, `--engine ${engine}`);
  if (inForce.engine === 'sqlite' || databaseUrl === null) return inForce;
  // The user or the password may have changed.
  const wanted: PlaceAddress = { engine: 'postgres', databaseUrl };
  if (isSamePlace(wanted, inForce)) return wanted;
  throw contradiction('lives in another database', 'postgres', 'the address of the database');
}

/** Before a platform has ever left the data folder, nothing is written down. */
function firstPlace(folder: DataFolder): PlaceAddress | null {
  return existsSync(folder.platformFile) ? { engine: 'sqlite', databaseUrl: null } : null;
}

/**
 * The isolation in force: the one the stores were made with, or moved to.
 * @throws {StartupError} when the configuration names another one
 */
export async function settleIsolation(place: Place, config: Config, folder: DataFolder): Promise<Isolation> {
  const kept = await place.platform.readSetting('backend');
  const wanted = config.isolation ?? 'database';
  if (typeof kept !== 'string') {
    if (await readPlacePointer(folder.path)) throw emptied(place);
    return wanted;
  }
  const isolation = kept.split('/')[1] as Isolation;
  if (config.isolation === undefined || config.isolation === isolation) return isolation;
  throw otherIsolation(kept, place, wanted);
}

/**
 * Writes down where the platform lives. Call it when everything has been opened.
 * @throws {StartupError} when another server, started at the same moment, has begun the platform with another isolation
 */
export async function keepPlace(place: Place, isolation: Isolation, folder: DataFolder): Promise<void> {
  const wanted = `${place.address.engine}/${isolation}`;
  const kept = await place.platform.transaction(async (inside) => {
    const first = await inside.readSetting('backend');
    if (first === undefined) await inside.writeSetting('backend', wanted);
    return first ?? wanted;
  });
  if (kept !== wanted) throw otherIsolation(String(kept), place, isolation);
  const pointer = await readPlacePointer(folder.path);
  if (!pointer && place.address.engine === 'sqlite') return;
  if (pointer?.inForce.databaseUrl === place.address.databaseUrl) return;
  await writePlacePointer(folder.path, { inForce: place.address, others: pointer?.others ?? [] });
}

/** A database that was made anew would look like a platform without stores. */
function emptied({ label }: Place): StartupError {
  return new StartupError(
    `The platform of this data folder lives in ${label}, which holds none. Restore it from a backup, correct the address of the database, or name another folder with --data-dir. Nothing was changed.`,
  );
}

function otherIsolation(kept: string, place: Place, wanted: Isolation): StartupError {
  return contradiction(`is on ${kept}`, `${place.address.engine}/${wanted}`, `--isolation ${wanted}`);
}

function contradiction(what: string, wanted: string, flag: string): StartupError {
  const target = wanted.includes('/') ? wanted : `${wanted}/ISOLATION`;
  return new StartupError(
    `The platform of this data folder ${what}. Start without ${flag}; to move it, run: orion backend use ${target}. To begin a new platform, name another folder with --data-dir. Nothing was changed.`,
    2,
  );
}
