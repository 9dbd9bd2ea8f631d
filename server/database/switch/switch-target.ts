import type { BackendId } from '../../contract/backends.ts';
import { databaseUrlFault, EMBEDDED } from '../../database-url.ts';
import { AppError, StartupError, UnavailableError, ValidationError } from '../../errors.ts';
import type { Place, PlaceAddress } from '../place.ts';
import { stores } from '../platform-tables.ts';
import type { Engine, Isolation, StoreRef } from '../store-database.ts';
import { isSamePlace } from './place-key.ts';
import type { SwitchParts } from './switch-parts.ts';

/** Where a move goes. */
export interface SwitchTarget {
  readonly place: Place;
  readonly to: BackendId;
  /** Whether the platform database moves as well. */
  readonly isElsewhere: boolean;
}

/** What the caller wants. */
export interface SwitchWish {
  readonly to: BackendId;
  readonly databaseUrl?: string | undefined;
}

/**
 * Opens the place of a target; the one in force is taken as it is.
 * @throws {ValidationError} when the address cannot be one
 * @throws {UnavailableError} when nothing answers there, or not as it must
 */
export async function openTargetPlace(parts: SwitchParts, wish: SwitchWish, inForce: Place): Promise<SwitchTarget> {
  const address = addressOf(parts, wish, inForce);
  try {
    if (isSamePlace(address, inForce.address)) {
      await inForce.check(isolationOf(wish.to));
      return { place: inForce, to: wish.to, isElsewhere: false };
    }
    const place = await parts.openPlace(address);
    await place.check(isolationOf(wish.to)).catch(async (error: unknown) => {
      await place.close();
      throw error;
    });
    return { place, to: wish.to, isElsewhere: true };
  } catch (error) {
    const isInput = error instanceof StartupError && error.exitCode === 2 && wish.databaseUrl !== undefined;
    const message = (error as Error).message;
    if (isInput) throw new ValidationError(message, [{ field: 'databaseUrl', message }]);
    if (error instanceof StartupError) throw new UnavailableError('target_unavailable', message, error);
    if (error instanceof AppError) throw error;
    throw new UnavailableError('target_unavailable', `The target cannot be opened: ${message}`, error);
  }
}

function addressOf(parts: SwitchParts, { to, databaseUrl }: SwitchWish, inForce: Place): PlaceAddress {
  const engine = to.split('/')[0] as Engine;
  if (databaseUrl !== undefined) {
    const fault = urlFault(engine, databaseUrl);
    if (fault) throw new ValidationError(`databaseUrl ${fault}.`, [{ field: 'databaseUrl', message: fault }]);
    return { engine, databaseUrl: databaseUrl === EMBEDDED ? null : databaseUrl };
  }
  if (inForce.address.engine === engine) return inForce.address;
  return { engine, databaseUrl: engine === 'postgres' ? parts.defaultDatabaseUrl : null };
}

function urlFault(engine: Engine, databaseUrl: string): string | null {
  return engine === 'sqlite' ? 'belongs to postgres; SQLite lies in the data folder' : databaseUrlFault(databaseUrl);
}

/** Every store whose data moves, deleted ones that can be restored among them. */
export async function movedStores(parts: Pick<SwitchParts, 'platform'>): Promise<StoreRef[]> {
  const found = await parts.platform.table(stores).find({
    where: { state: 'ready' },
    order: [['id', 'asc']],
    withDeleted: true,
    columns: ['id', 'code', 'schemaName'],
  });
  return found.map(({ id, code, schemaName }) => ({ id, code, schemaName }));
}

/** The isolation that a backend's name ends with. */
export function isolationOf(id: string): Isolation {
  return id.split('/')[1] as Isolation;
}
