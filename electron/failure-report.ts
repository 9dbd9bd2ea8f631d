import type { FailureReport } from './bridge.ts';
import type { ServerEnd } from './server-process.ts';

/** How a server ended, in a sentence: its own words when it had any. */
export function describeEnd({ reason, spawnError, signal, code }: ServerEnd): string {
  if (reason) return reason.message;
  if (spawnError !== null) return `The server's program could not be run: ${spawnError}. Install Orion Studio again.`;
  if (signal !== null) return `The server was ended by the signal ${signal}.`;
  return `The server ended by itself with exit code ${code}.`;
}

export interface ReportContext {
  readonly version: string;
  readonly electron: string;
  /** Such as `linux x64`. */
  readonly system: string;
  readonly time: Date;
}

/** The report as text, for an issue or a colleague. */
export function reportText(report: FailureReport, { version, electron, system, time }: ReportContext): string {
  return [
    `Orion Studio ${version} · Electron ${electron} · ${system} · ${time.toISOString()}`,
    report.dataDir === undefined ? 'Data folder: not known' : `Data folder: ${report.dataDir}`,
    '',
    report.summary,
    ...report.faults.map((fault) => `  ${fault}`),
    '',
    'Last lines of the server:',
    ...(report.lines.length > 0 ? report.lines.map((line) => `  ${line}`) : ['  (none)']),
    '',
  ].join('\n');
}
