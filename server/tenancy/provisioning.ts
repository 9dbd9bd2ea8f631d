/**
 * Making a store is a list of named steps. Until the last one, the store's record says `provisioning` and nobody can
 * reach it. A step that fails undoes what was done; a crash is gone on from at the next start, from the first step that
 * is not noted as done. See docs/PROVISIONING.md.
 */
import { v7 as uuidv7 } from 'uuid';
import type { ProvisioningJob, StepState } from '../contract/provisioning.ts';
import { PROVISIONING_STEPS, type StepReport } from '../contract/stores.ts';
import type { PlatformDatabase } from '../database/platform-database.ts';
import { type ProvisioningJobRecord, provisioningJobs, type StoreRecord, stores } from '../database/platform-tables.ts';
import { inTurns } from './in-turns.ts';
import { type ProvisioningInput, readProvisioningInput } from './provisioning-input.ts';
import { listJobs, saveJob, unfinishedJobs, withStep } from './provisioning-jobs.ts';
import { type ProvisioningParts, STEPS, type StepWork } from './provisioning-steps.ts';
import { undoJob } from './provisioning-undo.ts';

/** How often making a store is begun before it is given up: a store must not crash the server at every start. */
export const MAX_ATTEMPTS = 3;
const RESUMED_AT_ONCE = 2;

type OnStep = (code: string, report: StepReport) => void;

/** What became of a job that a crash had cut short. */
export interface ResumedJob {
  readonly code: string;
  /** The store, when it is ready. */
  readonly store: StoreRecord | null;
  /** Why it is not. */
  readonly error: unknown;
}

/** Going on after a crash, while the server answers already. */
export interface Resuming {
  /** Lets what runs end and begins no other job; the next start does. */
  stop(): Promise<void>;
}

/** A job that runs here. */
interface Job {
  readonly id: string;
  readonly code: string;
  readonly input: ProvisioningInput | null;
  readonly attempts: number;
  readonly startedAt: Date;
  steps: readonly StepState[];
  store: StoreRecord | null;
}

/** Makes stores, and finishes what a crash cut short. */
export class Provisioning {
  readonly #parts: ProvisioningParts;
  readonly #onStep: OnStep;
  readonly #work: readonly StepWork[];
  readonly #running = new Map<string, Job>();
  readonly #resumed = new Map<string, Promise<void>>();

  /** @param work the steps; tests give such that fail */
  constructor(parts: ProvisioningParts, onStep: OnStep, work: readonly StepWork[] = STEPS) {
    this.#parts = parts;
    this.#onStep = onStep;
    this.#work = work;
  }

  /**
   * Makes a store: all of it, or nothing.
   * @throws {ConflictError} when code, schema or a domain is taken
   */
  async make(input: ProvisioningInput, onStep: (report: StepReport) => void = () => undefined): Promise<StoreRecord> {
    const job: Job = {
      id: uuidv7(),
      code: input.draft.code,
      input,
      attempts: 1,
      startedAt: new Date(),
      steps: PROVISIONING_STEPS.map((step) => ({ step, state: 'pending', durationMs: 0 })),
      store: null,
    };
    return this.#run(job, input, onStep);
  }

  /** Jobs that run, then those that ended lately. */
  async list(): Promise<ProvisioningJob[]> {
    const jobs = await listJobs(this.#parts.platform);
    return jobs.map((job) => ({ ...job, steps: [...(this.#running.get(job.id)?.steps ?? job.steps)] }));
  }

  /** Waits until a store of this code that a crash left half-made is made, or gone. */
  async settled(code: string): Promise<void> {
    await this.#resumed.get(code);
  }

  /**
   * Begins to go on with every job that a crash cut short, some at once; resolves when they are known. Until a store is
   * ready nobody can reach it, so nothing has to wait for them.
   */
  async resume(onEnded: (ended: ResumedJob) => void): Promise<Resuming> {
    const turn = inTurns(RESUMED_AT_ONCE);
    let isStopped = false;
    for (const kept of await unfinishedJobs(this.#parts.platform)) {
      const resume = async () => {
        if (!isStopped) onEnded(await this.#resumeOne(kept));
      };
      const { lifecycle } = this.#parts;
      const task = turn(() => (lifecycle ? lifecycle.whenAllowed(resume) : resume()));
      this.#resumed.set(kept.code, task);
    }
    const all = Promise.all(this.#resumed.values()).then(() => this.#resumed.clear());
    return {
      async stop() {
        isStopped = true;
        await all;
      },
    };
  }

  async #resumeOne(kept: ProvisioningJobRecord): Promise<ResumedJob> {
    const { id, code, startedAt, steps } = kept;
    const { platform } = this.#parts;
    const attempts = kept.attempts + 1;
    const input = readProvisioningInput(kept.input);
    try {
      const store = await platform.table(stores).findOne({ where: { id: kept.storeId }, withDeleted: true });
      const job: Job = { id, code, input, attempts, startedAt, steps, store };
      if (kept.state === 'undoing') await this.#undo(job, kept.error ?? 'A step failed.');
      else if (attempts > MAX_ATTEMPTS)
        await this.#undo(job, `The server ended ${MAX_ATTEMPTS} times while it was being made.`);
      else if (!input || !store) await this.#undo(job, 'What was kept of it cannot be read by this version.');
      else {
        await saveJob(platform, id, { attempts });
        return { code, store: await this.#run(job, input, () => undefined), error: null };
      }
      return { code, store: null, error: new Error(`${code} was taken back`) };
    } catch (error) {
      return { code, store: null, error };
    }
  }

  /** Runs the steps that are not done. */
  async #run(job: Job, input: ProvisioningInput, onStep: (report: StepReport) => void): Promise<StoreRecord> {
    this.#running.set(job.id, job);
    try {
      for (const work of this.#work) {
        const isDone = job.steps.find((one) => one.step === work.step)?.state === 'done';
        if (!isDone) job.store = await this.#runStep(job, input, work, onStep);
      }
      if (!job.store) throw new Error(`store ${job.code} has no record`);
      return job.store;
    } catch (error) {
      // When that fails too, the job says so, and the next start tries again.
      await this.#undo(job, error instanceof Error ? error.message : String(error)).catch(() => undefined);
      throw error;
    } finally {
      this.#running.delete(job.id);
    }
  }

  async #runStep(
    job: Job,
    input: ProvisioningInput,
    { step, run }: StepWork,
    onStep: (report: StepReport) => void,
  ): Promise<StoreRecord> {
    const begun = performance.now();
    const become = (state: 'running' | 'done' | 'failed'): void => {
      const report: StepReport = { step, state, durationMs: state === 'running' ? 0 : performance.now() - begun };
      job.steps = withStep(job.steps, report);
      onStep(report);
      this.#onStep(job.code, report);
    };
    become('running');
    try {
      const isRepeat = job.attempts > 1;
      const note = (inside: PlatformDatabase, store: StoreRecord, end?: 'end') => {
        const steps = withStep(job.steps, { step, state: 'done', durationMs: performance.now() - begun });
        return this.#note(inside, job, store, steps, end === 'end');
      };
      const store = await run({ parts: this.#parts, input, isRepeat, note }, job.store);
      become('done');
      return store;
    } catch (error) {
      become('failed');
      throw error;
    }
  }

  /** Writes down how far a job is; the first note makes the job, in the transaction that takes the names. */
  async #note(
    inside: PlatformDatabase,
    job: Job,
    store: StoreRecord,
    steps: readonly StepState[],
    isEnd: boolean,
  ): Promise<void> {
    const { id, code, attempts, startedAt } = job;
    if (isEnd) await saveJob(inside, id, { state: 'done', steps, input: null, finishedAt: new Date() });
    else if (job.store) await saveJob(inside, id, { steps });
    else {
      const state = 'running' as const;
      const known = { id, code, attempts, startedAt, steps, state, input: job.input };
      await inside.table(provisioningJobs).insert({ ...known, storeId: store.id, name: store.name });
    }
  }

  #undo(job: Job, error: string): Promise<void> {
    return undoJob(this.#parts, this.#work, job, error);
  }
}
