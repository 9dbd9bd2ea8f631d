/** Making stores and bringing their tables up to date: what the console and the command line see of it. */
import { z } from 'zod';
import { PROVISIONING_STEPS } from './stores.ts';

/** One step of a job. `failed` is the one that stopped it; `undone` ones were taken back. */
export const stepState = z.object({
  step: z.enum(PROVISIONING_STEPS),
  state: z.enum(['pending', 'running', 'done', 'failed', 'undone']),
  /** 0 until it has ended. */
  durationMs: z.number(),
});
export type StepState = Readonly<z.infer<typeof stepState>>;

/** The making of one store. */
export const provisioningJob = z
  .object({
    id: z.string(),
    code: z.string(),
    name: z.string(),
    /** `undoing`: a step failed, and what was done is being taken back. */
    state: z.enum(['running', 'undoing', 'done', 'failed']),
    steps: z.array(stepState),
    /** How often it was begun: 1, and one more after each crash of the server. */
    attempts: z.int(),
    /** Milliseconds since 1970. */
    startedAt: z.number(),
    finishedAt: z.number().nullable(),
    /** Why it failed. */
    error: z.string().nullable(),
  })
  .meta({ id: 'ProvisioningJob' });
export type ProvisioningJob = Readonly<z.infer<typeof provisioningJob>>;

/** Those that run, then those that ended lately, the latest first. */
export const provisioningJobList = z.object({ jobs: z.array(provisioningJob) });

/** A migration of a store's tables. */
export const migrationState = z
  .object({
    name: z.string(),
    /** ISO 8601; null when it has not run here. */
    executedAt: z.string().nullable(),
    /** False for one that this version of the program does not know. */
    isKnown: z.boolean(),
  })
  .meta({ id: 'Migration' });

export const migrationList = z.object({ migrations: z.array(migrationState) });

/** Names of the migrations that were run, in their order; none when the store was up to date. */
export const migratedStore = z.object({ ran: z.array(z.string()) }).meta({ id: 'MigratedStore' });
