import { randomUUID } from 'node:crypto';
import type { BackendCard, BackendId, SwitchPlan, SwitchStatus } from '../../contract/backends.ts';
import { BACKEND_IDS } from '../../contract/backends.ts';
import { AppError, ConflictError, NotFoundError } from '../../errors.ts';
import type { Place } from '../place.ts';
import { backendName } from '../store-database.ts';
import { placeKey } from './place-key.ts';
import { removeRemains, removeUnfinished } from './switch-cleanup.ts';
import { newMemory, readMemory, remember, type SwitchMemory } from './switch-memory.ts';
import type { SwitchParts } from './switch-parts.ts';
import { leavePlace, planSwitch } from './switch-plan.ts';
import { SwitchProgress } from './switch-progress.ts';
import { runSwitch } from './switch-run.ts';
import { openTargetPlace, type SwitchTarget, type SwitchWish } from './switch-target.ts';

const CANCELLED = new Error('the move was cancelled');
const STOPPING = new Error('the server is about to end');

interface Running {
  readonly progress: SwitchProgress;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/** Moves the platform from one backend to another, and knows which ones still hold something. */
export class BackendSwitch {
  readonly #parts: SwitchParts;
  #place: Place;
  #running: Running | null = null;
  /** Ends when the backend that was left last has been closed. */
  #retired: Promise<void> = Promise.resolve();
  /** One thing at a time: a move, its planning, or the removal of a backend. */
  #isBusy = false;
  #isClosed = false;

  constructor(parts: SwitchParts, place: Place) {
    this.#parts = parts;
    this.#place = place;
  }

  /** The place in force. */
  get place(): Place {
    return this.#place;
  }

  get current(): BackendId {
    return backendName(this.#parts.backend) as BackendId;
  }

  /** The move that runs, or null. */
  get running(): SwitchStatus | null {
    return this.#running?.progress.status ?? null;
  }

  /** Takes note of a move that the end of the last server cut short. Call it before anything is served. */
  async recover(): Promise<SwitchStatus | null> {
    const memory = await readMemory(this.#parts.platform.inForce);
    if (!memory?.running) return null;
    const interrupted: SwitchStatus = { ...memory.running, state: 'interrupted', store: null, finishedAt: Date.now() };
    await remember(this.#parts.platform.inForce, { running: null, history: [interrupted, ...memory.history] });
    return interrupted;
  }

  /** Moves that ended, the latest first. */
  async history(): Promise<readonly SwitchStatus[]> {
    return (await readMemory(this.#parts.platform.inForce))?.history ?? [];
  }

  /** All five, with what they hold. */
  async cards(): Promise<BackendCard[]> {
    const memory = await readMemory(this.#parts.platform.inForce);
    return BACKEND_IDS.map((id) => {
      const kept = memory?.kept.find(({ backend }) => backend === id);
      if (id === this.current) return { id, state: 'current', keptSince: null, place: this.#place.label };
      if (kept) return { id, state: 'kept', keptSince: kept.since, place: kept.label };
      return { id, state: 'available', keptSince: null, place: null };
    });
  }

  /**
   * Says what a move would do, and moves nothing.
   * @throws {ValidationError} when the address cannot be one
   * @throws {UnavailableError} when nothing answers there
   */
  async plan(wish: SwitchWish): Promise<SwitchPlan> {
    return this.#alone(async () => {
      const target = await openTargetPlace(this.#parts, wish, this.#place);
      try {
        return await this.#planFor(target, await this.#memory());
      } finally {
        await leavePlace(target);
      }
    });
  }

  /**
   * Begins a move; it goes on after this has returned.
   * @throws {ConflictError} naming everything that stands in its way
   */
  async start(wish: SwitchWish, actor: string): Promise<SwitchStatus> {
    this.#refuseWhileBusy();
    this.#isBusy = true;
    try {
      const target = await openTargetPlace(this.#parts, wish, this.#place);
      try {
        return await this.#begin(target, actor);
      } catch (error) {
        await leavePlace(target);
        throw error;
      }
    } catch (error) {
      this.#isBusy = false;
      throw error;
    }
  }

  /**
   * Cancels the move that runs, and returns when the old backend is alone again.
   * @throws {NotFoundError} when none runs
   * @throws {ConflictError} when it is too late
   */
  async cancel(): Promise<SwitchStatus> {
    const running = this.#running;
    if (!running) throw new NotFoundError('No move to another backend is running.', 'no_switch');
    running.abort.abort(CANCELLED);
    await running.ended;
    const { status } = running.progress;
    if (status.state === 'done')
      throw new ConflictError('switch_done', `It is too late: ${status.to} has come into force. Move back instead.`);
    return status;
  }

  /**
   * Removes for good what an earlier backend still holds.
   * @throws {NotFoundError} when that one holds nothing
   */
  async dropKept(id: string, actor: string): Promise<void> {
    await this.#alone(async () => {
      const platform = this.#parts.platform.inForce;
      const kept = (await this.#memory()).kept.find(({ backend }) => backend === id);
      if (id === this.current)
        throw new ConflictError(
          'backend_in_force',
          `${id} is in force: it holds your stores. Move away from it first.`,
        );
      if (!kept) throw new NotFoundError(`${id} holds nothing.`, 'backend_empty');
      // What is still read from it ends first.
      await this.#retired;
      await removeRemains(this.#parts, this.#place, kept, null);
      const { kept: all } = await this.#memory();
      await remember(platform, { kept: all.filter(({ backend }) => backend !== id) });
      await this.#parts.platform.audit({ actor, storeId: null, action: 'backend.drop', resource: id, changes: {} });
    });
  }

  /** Ends a move that runs, so that it can be continued after the next start. The place stays open. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#running?.abort.abort(STOPPING);
    await this.#running?.ended;
    await this.#retired;
  }

  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#refuseWhileBusy();
    this.#isBusy = true;
    try {
      return await work();
    } finally {
      this.#isBusy = false;
    }
  }

  #refuseWhileBusy(): void {
    if (this.#isClosed) throw new ConflictError('server_stopping', 'The server is about to end.');
    if (!this.#isBusy) return;
    const status = this.running;
    const what = status ? `A move to ${status.to} is running` : 'Another move is being planned';
    throw new ConflictError('switch_running', `${what}. Wait until it has ended, or cancel it.`);
  }

  /** What is remembered; made when this is the first move. */
  async #memory(): Promise<SwitchMemory> {
    const platform = this.#parts.platform.inForce;
    return (await readMemory(platform)) ?? (await remember(platform, newMemory()));
  }

  #planFor(target: SwitchTarget, memory: SwitchMemory): Promise<SwitchPlan> {
    return planSwitch(this.#parts, { id: this.current, place: this.#place }, target, memory);
  }

  async #begin(target: SwitchTarget, actor: string): Promise<SwitchStatus> {
    const memory = await this.#memory();
    const plan = await this.#planFor(target, memory);
    refuseObstacles(plan);
    const { unfinished } = memory;
    const isSameTarget = unfinished?.to === target.to && unfinished.place === placeKey(target.place.address);
    if (unfinished && !isSameTarget) await this.#removeUnfinished(memory);
    const { from, to, target: label } = plan;
    const progress = new SwitchProgress(
      { id: randomUUID(), from, to, target: label, actor, storesTotal: plan.stores, rowsTotal: plan.rows },
      this.#parts.onStatus,
    );
    const changes = { from, target: label };
    await this.#parts.platform.audit({ actor, storeId: null, action: 'backend.switch', resource: to, changes });
    const begun = await remember(this.#parts.platform.inForce, { running: progress.status });
    const abort = new AbortController();
    const isContinued = isSameTarget && unfinished?.canContinue === true;
    const ended = this.#run(target, { progress, memory: begun, isContinued, abort });
    this.#running = { progress, abort, ended };
    return progress.status;
  }

  /** Never fails: how it went is in the status. */
  async #run(
    target: SwitchTarget,
    run: {
      readonly progress: SwitchProgress;
      readonly memory: SwitchMemory;
      readonly isContinued: boolean;
      readonly abort: AbortController;
    },
  ): Promise<void> {
    const { progress, abort } = run;
    try {
      const options = { ...run, inForce: this.#place, target, signal: abort.signal };
      const { place, retired } = await runSwitch(this.#parts, options);
      this.#place = place;
      this.#retired = retired;
      progress.set({ state: 'done', finishedAt: Date.now(), store: null, storesDone: progress.status.storesTotal });
    } catch (error) {
      const isStopping = abort.signal.reason === STOPPING;
      if (!isStopping && error !== CANCELLED) this.#parts.onError(error, `the move to ${progress.to} has failed`);
      await this.#takeBack(target, progress, error, isStopping).catch((failure: unknown) =>
        this.#parts.onError(failure, 'what is known of a move that has failed could not be written down'),
      );
    } finally {
      this.#running = null;
      this.#isBusy = false;
    }
  }

  /** Removes what the move has written into its target, and tells how it ended. */
  async #takeBack(target: SwitchTarget, progress: SwitchProgress, error: unknown, isStopping: boolean): Promise<void> {
    if (isStopping) {
      if (target.isElsewhere) await target.place.close();
      progress.set({ state: 'interrupted', finishedAt: Date.now(), store: null });
      // The next start finds it as one that runs, and continues it when asked to.
      return;
    }
    const isRemoved = await this.#tryToRemove(target, progress.to);
    progress.set({
      state: error === CANCELLED ? 'cancelled' : 'failed',
      error: error === CANCELLED ? null : failureText(error, progress.status),
      finishedAt: Date.now(),
      store: null,
    });
    const { unfinished, history } = await this.#memory();
    await remember(this.#parts.platform.inForce, {
      running: null,
      unfinished: isRemoved || !unfinished ? null : { ...unfinished, canContinue: false },
      history: [progress.status, ...history],
    });
  }

  async #tryToRemove(target: SwitchTarget, to: BackendId): Promise<boolean> {
    const remains = { backend: to, place: placeKey(target.place.address) };
    try {
      await removeRemains(this.#parts, this.#place, remains, target.isElsewhere ? target.place : null);
      return true;
    } catch (error) {
      this.#parts.onError(error, `what was copied to ${to} could not be removed; the next move does it`);
      return false;
    }
  }

  async #removeUnfinished(memory: SwitchMemory): Promise<void> {
    try {
      await removeUnfinished(this.#parts, this.#place, memory);
    } catch (error) {
      this.#parts.onError(error, 'what an earlier move left in its target could not be removed');
    }
  }
}

/** @throws {ConflictError} with every obstacle in its message */
function refuseObstacles({ obstacles }: SwitchPlan): void {
  const [first] = obstacles;
  if (!first) return;
  const message = obstacles.map((obstacle) => `${obstacle.message} ${obstacle.fix}`).join(' ');
  throw new ConflictError(first.code, message, [], { obstacles });
}

/** What people read: what happened, and that nothing was lost. */
function failureText(error: unknown, { from, phase }: SwitchStatus): string {
  const what =
    error instanceof AppError
      ? error.message
      : `It failed while it was in the phase "${phase}": ${(error as Error).message}`;
  return `${what} The platform is still on ${from}; nothing was lost.`;
}
