import { PROVISIONING_STEPS, type StepReport } from '../../../../server/contract/stores.ts';

/** A step as it is shown; `waiting` before it began. */
export interface ShownStep {
  readonly step: StepReport['step'];
  readonly label: string;
  readonly state: 'waiting' | StepReport['state'];
  readonly durationMs: number | null;
}

const LABELS: Readonly<Record<StepReport['step'], string>> = {
  validate: 'Reserve the names',
  database: 'Create the database',
  migrations: 'Bring it up to date',
  owner: 'Add the owner',
  domain: 'Connect the domains',
  settings: 'Fill in catalogue and look',
  ready: 'Open the doors',
};

/** All steps in their order, each with its latest report. */
export function showSteps(reports: readonly StepReport[]): ShownStep[] {
  return PROVISIONING_STEPS.map((step) => {
    // What is finished stays so: reports of one step may come from the stream and from the answer.
    const own = reports.filter((report) => report.step === step);
    const report = own.find(({ state }) => state !== 'running') ?? own.at(-1);
    const durationMs = report && report.state !== 'running' ? report.durationMs : null;
    return { step, label: LABELS[step], state: report?.state ?? 'waiting', durationMs };
  });
}

/** How long all of it took, in milliseconds. */
export function totalMs(reports: readonly StepReport[]): number {
  return showSteps(reports).reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
}
