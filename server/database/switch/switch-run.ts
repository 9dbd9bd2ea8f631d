/** One move, from the first row to the flip. Until the flip, the old backend is in force and nothing of it is changed. */
import type { SwitchStatus } from '../../contract/backends.ts';
import { AppError } from '../../errors.ts';
import type { Place } from '../place.ts';
import type { StoreBackend, StoreRef } from '../store-database.ts';
import { describeDifference } from '../transfer/find-difference.ts';
import { copyPlatform, hashPlatform, tableSet } from '../transfer/platform-transfer.ts';
import { placeKey } from './place-key.ts';
import { knowPlace, pointTo } from './place-pointing.ts';
import { StoreMover } from './store-mover.ts';
import { newMemory, readMemory, remember, type SwitchMemory, writeMemory } from './switch-memory.ts';
import type { SwitchParts } from './switch-parts.ts';
import type { SwitchProgress } from './switch-progress.ts';
import { isolationOf, movedStores, type SwitchTarget } from './switch-target.ts';

export interface SwitchRunOptions {
  readonly inForce: Place;
  readonly target: SwitchTarget;
  readonly progress: SwitchProgress;
  readonly memory: SwitchMemory;
  readonly isContinued: boolean;
  /** Aborted to cancel; looked at until the flip. */
  readonly signal: AbortSignal;
}

/** Rounds of copying what was written to meanwhile, before writes have to wait. */
const OPEN_ROUNDS = 3;
/** What is still being read from the old backend is waited for before it is closed. */
const RETIRE_MS = 30_000;

/** A move that was made. */
export interface Switched {
  /** The place in force. */
  readonly place: Place;
  /** Ends when the backend that was left has been closed. */
  readonly retired: Promise<void>;
}

/**
 * Moves the platform.
 * @throws {Error} when it has not moved; the old backend is in force then, and writes go on
 */
export async function runSwitch(parts: SwitchParts, options: SwitchRunOptions): Promise<Switched> {
  const { progress, signal, target, inForce } = options;
  const thaw = await parts.lifecycle.freeze(signal);
  let backend: StoreBackend | null = null;
  try {
    await enter(parts, progress, 'copy');
    const stores = await movedStores(parts);
    backend = await openTarget(parts, options, stores);
    const mover = createMover(parts, options, backend);
    await copyWhileOpen(mover, stores, options.isContinued);
    await enter(parts, progress, 'wait');
    const waitingSince = Date.now();
    await parts.storeGate.close(signal);
    if (target.isElsewhere) await parts.platformGate.close(signal);
    await mover.move(mover.behind(stores), false);
    await enter(parts, progress, 'verify');
    signal.throwIfAborted();
    if (mover.behind(stores).length > 0) throw new Error('a store was written to behind the closed gate');
    progress.set({ contentHash: mover.contentHash(), store: null });
    const memory = memoryAfter(options, waitingSince);
    if (target.isElsewhere) await movePlatform(parts, options, memory);
    await enter(parts, progress, 'flip');
    signal.throwIfAborted();
    await flip(parts, target, memory);
    const retired = putInForce(parts, options, backend);
    progress.set({ rowsDone: progress.status.rowsTotal, writesWaitedMs: Date.now() - waitingSince });
    return { place: target.isElsewhere ? target.place : inForce, retired };
  } catch (error) {
    await backend?.close().catch((failure) => parts.onError(failure, 'the target of a move could not be closed'));
    throw error;
  } finally {
    parts.storeGate.open();
    parts.platformGate.open();
    thaw();
  }
}

/** Begins a phase, and writes down that it has. */
async function enter(parts: SwitchParts, progress: SwitchProgress, phase: SwitchStatus['phase']): Promise<void> {
  progress.set({ phase });
  await parts.onPhase?.(phase);
  await remember(parts.platform.inForce, { running: progress.status });
}

/** Opens the target's backend: empty, unless a move that was cut short goes on. */
async function openTarget(
  parts: SwitchParts,
  { target, memory, isContinued }: SwitchRunOptions,
  stores: readonly StoreRef[],
): Promise<StoreBackend> {
  if (target.isElsewhere) {
    await knowPlace(parts.pointer, target.place.address);
    await claimPlace(target.place, memory);
  }
  // A backend is closed when everything in it has been dropped.
  if (!isContinued) await target.place.openBackend(isolationOf(target.to)).dropEverything();
  const backend = target.place.openBackend(isolationOf(target.to));
  try {
    await backend.migrate();
    // Stores that were removed since the move was cut short must not come back.
    for (const store of memory.unfinished?.stores ?? [])
      if (isContinued && !stores.some(({ id }) => id === store.id)) await backend.drop(store);
    const unfinished = { to: target.to, place: placeKey(target.place.address), canContinue: true, stores: [...stores] };
    await remember(parts.platform.inForce, { unfinished });
    return backend;
  } catch (error) {
    await backend.close();
    throw error;
  }
}

/** Marks a place as one of this platform, so that what is left there after a crash is known again. */
async function claimPlace(place: Place, { platformId }: SwitchMemory): Promise<void> {
  if ((await readMemory(place.platform))?.platformId !== platformId)
    await writeMemory(place.platform, { ...newMemory(), platformId });
}

function createMover(parts: SwitchParts, { signal, progress }: SwitchRunOptions, target: StoreBackend): StoreMover {
  return new StoreMover({
    source: parts.backend.inForce,
    target,
    gate: parts.storeGate,
    tables: parts.storeTables,
    signal,
    onProgress: (done) => progress.note(done),
  });
}

async function copyWhileOpen(mover: StoreMover, stores: readonly StoreRef[], isContinued: boolean): Promise<void> {
  let behind: readonly StoreRef[] = stores;
  for (let round = 0; round < OPEN_ROUNDS && behind.length > 0; round += 1) {
    await mover.move(behind, isContinued && round === 0);
    behind = mover.behind(stores);
  }
}

/** Changes the one pointer. What it leads to is complete: everything else is there already. */
async function flip(parts: SwitchParts, { place, to, isElsewhere }: SwitchTarget, memory: SwitchMemory): Promise<void> {
  if (isElsewhere) return pointTo(parts.pointer, place.address);
  await parts.platform.inForce.transaction(async (inside) => {
    await inside.writeSetting('backend', to);
    await writeMemory(inside, memory);
  });
}

/** Copies and compares the platform database, with what will be true when it is in force. */
async function movePlatform(
  parts: SwitchParts,
  { target: { place, to }, signal }: SwitchRunOptions,
  memory: SwitchMemory,
): Promise<void> {
  const source = parts.platform.inForce;
  const tables = parts.platformTables;
  const copied = await copyPlatform(source, place.platform, { tables, signal }, async (inside) => {
    await inside.writeSetting('backend', to);
    await writeMemory(inside, memory);
  });
  const there = await hashPlatform(place.platform, { tables, signal });
  if (there.hash === copied.hash) return;
  const found = { source: copied, target: there };
  const difference = await describeDifference(tableSet(source), tableSet(place.platform), tables, found);
  throw new AppError(`The platform database: what was copied is not what was read: ${difference}.`, {
    status: 500,
    code: 'content_differs',
  });
}

function memoryAfter({ inForce, progress, memory }: SwitchRunOptions, waitingSince: number): SwitchMemory {
  const { status } = progress;
  const now = Date.now();
  const kept = { backend: status.from, place: placeKey(inForce.address), label: inForce.label, since: now };
  const done: SwitchStatus = {
    ...status,
    state: 'done',
    phase: 'flip',
    storesDone: status.storesTotal,
    rowsDone: status.rowsTotal,
    finishedAt: now,
    writesWaitedMs: now - waitingSince,
  };
  return {
    platformId: memory.platformId,
    running: null,
    unfinished: null,
    history: [done, ...memory.history],
    kept: [kept, ...memory.kept],
  };
}

/** Lets everyone work with the new backend; what it returns ends when nobody reads from the old one any more. */
function putInForce(parts: SwitchParts, { inForce, target }: SwitchRunOptions, next: StoreBackend): Promise<void> {
  const earlier = parts.backend.replace(next);
  const earlierPlatform = target.isElsewhere ? parts.platform.replace(target.place.platform) : null;
  try {
    parts.onFlip(target.isElsewhere ? target.place : inForce);
  } catch (error) {
    parts.onError(error, 'something did not take note of the new backend; restart the server');
  }
  const retire = async (): Promise<void> => {
    await earlier.idle(RETIRE_MS);
    await earlier.held.close();
    if (!earlierPlatform) return;
    await earlierPlatform.idle(RETIRE_MS);
    await inForce.close();
  };
  return retire().catch((error) => parts.onError(error, 'the backend that was left could not be closed'));
}
