/** What the doctor looks at, and what it finds. */
import { z } from 'zod';
import { elevation } from './elevation.ts';

export const DOCTOR_GROUPS = [
  'ports',
  'names',
  'hosts',
  'certificates',
  'database',
  'data',
  'proxy',
  'clock',
  'stores',
] as const;

/** What a button can do about a finding. */
export const DOCTOR_ACTIONS = [
  'hosts-sync',
  'trust',
  'load-fixtures',
  'migrate',
  'restart-https',
  'flush-dns',
  'renew-certificates',
] as const;

export const finding = z
  .object({
    /** Unique in a report, as `port:8000` or `name:techstore.localhost`. */
    id: z.string(),
    group: z.enum(DOCTOR_GROUPS),
    name: z.string(),
    status: z.enum(['ok', 'warning', 'failed', 'skipped']),
    message: z.string(),
    /** More to read, line by line; empty when there is nothing. */
    details: z.array(z.string()),
    /** What to do; null when all is well. */
    fix: z
      .object({
        text: z.string(),
        /** For a terminal; null when there is none. */
        command: z.string().nullable(),
        /** What the button does; null when only a person can. */
        action: z.enum(DOCTOR_ACTIONS).nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Finding' });
export type Finding = Readonly<z.infer<typeof finding>>;

/** A line of the source document's checklists, ticked by looking. */
export const checklistLine = z.object({
  id: z.string(),
  label: z.string(),
  state: z.enum(['done', 'open', 'failed']),
  /** How that was found out, or what to do. */
  message: z.string(),
  url: z.string().nullable(),
});

export const doctorReport = z
  .object({
    at: z.number(),
    durationMs: z.number(),
    findings: z.array(finding),
    /** "Quick Test Checklist" of the Django demo's document. */
    checklist: z.array(checklistLine),
  })
  .meta({ id: 'DoctorReport' });
export type DoctorReport = Readonly<z.infer<typeof doctorReport>>;

export const fixFindingInput = z.strictObject({ finding: z.string() });
export const fixedFinding = z.object({
  message: z.string(),
  elevation: elevation.nullable(),
  /** The same finding looked at again; null when it needs an elevation first. */
  finding: finding.nullable(),
});
