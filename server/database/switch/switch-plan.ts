import type { BackendId, SwitchPlan } from '../../contract/backends.ts';
import { AppError } from '../../errors.ts';
import type { AnyTableDefinition } from '../model.ts';
import type { Place } from '../place.ts';
import { stores } from '../platform-tables.ts';
import type { StoreBackend, StoreRef } from '../store-database.ts';
import { inParallel } from './in-parallel.ts';
import { placeKey } from './place-key.ts';
import { readMemory, type SwitchMemory } from './switch-memory.ts';
import type { SwitchParts } from './switch-parts.ts';
import { movedStores, type SwitchTarget } from './switch-target.ts';

type Obstacle = SwitchPlan['obstacles'][number];

const WORKERS = 4;
/** Of a small row with its indexes, in bytes; a file of one store is never smaller than the template. */
const ROW_BYTES = 1024;
const FILE_BYTES = 300_000;
/** Measured on two slow cores between SQLite and Postgres. */
const ROW_MS = 0.15;
const STORE_MS = 15;
/** What a disk should have left. */
const SPARE_BYTES = 64 * 1024 * 1024;

/** Says what a move would do and what stands in its way. */
export async function planSwitch(
  parts: SwitchParts,
  from: { readonly id: BackendId; readonly place: Place },
  target: SwitchTarget,
  memory: SwitchMemory,
): Promise<SwitchPlan> {
  const refs = await movedStores(parts);
  const counted = await countRows(parts.backend.inForce, refs, parts.storeTables);
  const isFile = target.to.startsWith('sqlite/');
  const bytes = counted.rows * ROW_BYTES + (target.to === 'sqlite/database' ? refs.length * FILE_BYTES : 0);
  const obstacles = [
    ...(from.id === target.to && !target.isElsewhere ? [alreadyThere(from.id)] : keptObstacles(target, memory)),
    ...(await foreignObstacles(target, memory)),
    ...(isFile ? await spaceObstacles(parts, bytes) : []),
    ...(await serverObstacles(parts)),
    ...counted.obstacles,
  ];
  return {
    from: from.id,
    to: target.to,
    target: target.place.address.databaseUrl === null ? null : target.place.label,
    stores: refs.length,
    rows: counted.rows,
    tables: counted.tables,
    estimateMs: Math.round(counted.rows * ROW_MS + refs.length * STORE_MS),
    obstacles,
  };
}

async function countRows(backend: StoreBackend, refs: readonly StoreRef[], tables: readonly AnyTableDefinition[]) {
  const counts = new Map(tables.map(({ table }) => [table, 0]));
  const obstacles: Obstacle[] = [];
  await inParallel(refs, WORKERS, async (store) => {
    try {
      await backend.use(store, async (database) => {
        for (const { table } of tables) {
          const [row] = await database.query<{ count: number | string }>(
            `SELECT count(*) AS "count" FROM "${table}" WHERE store_id = $1`,
            [store.id],
          );
          counts.set(table, (counts.get(table) ?? 0) + Number(row?.count ?? 0));
        }
      });
    } catch (error) {
      const message = error instanceof AppError ? error.message : `The data of ${store.code} cannot be read.`;
      obstacles.push({ code: 'store_unreadable', message, fix: 'Restore its data, or delete the store for good.' });
    }
  });
  const listed = [...counts].map(([table, rows]) => ({ table, rows }));
  return { tables: listed, rows: listed.reduce((sum, { rows }) => sum + rows, 0), obstacles };
}

function alreadyThere(id: BackendId): Obstacle {
  return { code: 'already_there', message: `The platform is on ${id} already.`, fix: 'Choose another backend.' };
}

function keptObstacles({ to }: SwitchTarget, { kept }: SwitchMemory): Obstacle[] {
  const found = kept.find(({ backend }) => backend === to);
  if (!found) return [];
  const since = new Date(found.since).toISOString().slice(0, 10);
  return [
    {
      code: 'kept_copy',
      message: `${to} (${found.label}) still holds what was there when the platform left it on ${since}.`,
      fix: `Remove that copy first: orion backend drop ${to}`,
    },
  ];
}

/** A place that holds another platform must not be written over. */
async function foreignObstacles({ place, isElsewhere }: SwitchTarget, memory: SwitchMemory): Promise<Obstacle[]> {
  if (!isElsewhere) return [];
  if ((await readMemory(place.platform))?.platformId === memory.platformId) return [];
  const isOurs = memory.kept.some((kept) => kept.place === placeKey(place.address));
  if (isOurs || (await isUnused(place))) return [];
  return [
    {
      code: 'target_not_empty',
      message: `${place.label} holds another platform.`,
      fix: 'Name a database that is empty, or remove what is in that one.',
    },
  ];
}

/** Whether nothing lives in a place, and nothing was begun there. */
async function isUnused({ platform }: Place): Promise<boolean> {
  if ((await platform.readSetting('backend')) !== undefined || (await readMemory(platform))) return false;
  return (await platform.table(stores).find({ limit: 1, withDeleted: true })).length === 0;
}

/** Closes a place that was opened to plan a move; one that held nothing is left as it was found. */
export async function leavePlace({ place, isElsewhere }: SwitchTarget): Promise<void> {
  if (!isElsewhere) return;
  if (await isUnused(place).catch(() => false)) await place.drop();
  else await place.close();
}

async function spaceObstacles(parts: SwitchParts, bytes: number): Promise<Obstacle[]> {
  const free = await parts.freeBytes();
  if (free >= bytes + SPARE_BYTES) return [];
  const inMegabytes = (count: number) => Math.ceil(count / 1024 / 1024);
  return [
    {
      code: 'disk_full',
      message: `The disk of the data folder has ${inMegabytes(free)} MiB free; about ${inMegabytes(bytes + SPARE_BYTES)} MiB are needed.`,
      fix: 'Free some space.',
    },
  ];
}

async function serverObstacles(parts: SwitchParts): Promise<Obstacle[]> {
  const others = await parts.otherServers();
  if (others === 0) return [];
  return [
    {
      code: 'other_servers',
      message: `${others === 1 ? 'Another server uses' : `${others} other servers use`} this platform and would go on writing to the old backend.`,
      fix: 'Stop the other servers, move, then start them again.',
    },
  ];
}
