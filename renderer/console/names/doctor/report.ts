import { DOCTOR_GROUPS, type DoctorReport, type Finding } from '../../../../server/contract/doctor.ts';
import { count, formatMoment } from '../../../shared/format.ts';

export type Status = Finding['status'];

/** The worst first. */
export const STATUSES: readonly Status[] = ['failed', 'warning', 'ok', 'skipped'];

const GROUPS: Readonly<Record<Finding['group'], string>> = {
  ports: 'Ports',
  names: 'Names',
  hosts: 'Hosts file',
  certificates: 'Certificates and trust',
  database: 'Database',
  data: 'Data folder',
  proxy: 'Proxy settings',
  clock: 'Clock',
  stores: 'Stores',
};

export interface FindingGroup {
  readonly id: Finding['group'];
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** Findings by what they are about, in the order of the looking; groups without any are left out. */
export function groupsOf(findings: readonly Finding[], status: Status | 'all'): readonly FindingGroup[] {
  const shown = status === 'all' ? findings : findings.filter((finding) => finding.status === status);
  return DOCTOR_GROUPS.map((id) => ({
    id,
    title: GROUPS[id],
    findings: shown.filter(({ group }) => group === id),
  })).filter((group) => group.findings.length > 0);
}

/** How many findings there are of each status. */
export function countsOf(findings: readonly Finding[]): Readonly<Record<Status, number>> {
  const counts: Record<Status, number> = { ok: 0, warning: 0, failed: 0, skipped: 0 };
  for (const { status } of findings) counts[status] += 1;
  return counts;
}

/** The report in a line. */
export function reportSummary(findings: readonly Finding[]): {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly title: string;
} {
  const { failed, warning, ok } = countsOf(findings);
  const warnings = count(warning, 'warning');
  if (failed > 0) return { tone: 'bad', title: `${count(failed, 'problem')}${warning > 0 ? ` and ${warnings}` : ''}` };
  if (warning > 0) return { tone: 'warn', title: `${warnings}, and nothing that stops work` };
  return { tone: 'good', title: `All is well: ${count(ok, 'check')} passed` };
}

/** The report as text for a bug report or a colleague. */
export function reportText({ at, findings, checklist }: DoctorReport, version: string): string {
  const lines = [`Orion Studio ${version}, doctor's report of ${formatMoment(at)}`, ''];
  for (const { title, findings: found } of groupsOf(findings, 'all')) {
    lines.push(title);
    for (const { status, name, message, details, fix } of found) {
      lines.push(`  [${status}] ${name}: ${message}`);
      lines.push(...details.map((detail) => `      ${detail}`));
      if (fix) lines.push(`      To do: ${fix.text}${fix.command ? ` (${fix.command})` : ''}`);
    }
    lines.push('');
  }
  if (checklist.length > 0) lines.push('Checklist');
  for (const { label, state, message } of checklist) lines.push(`  [${state}] ${label}: ${message}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The report with one finding looked at again. */
export function withFinding(report: DoctorReport, finding: Finding): DoctorReport {
  return { ...report, findings: report.findings.map((one) => (one.id === finding.id ? finding : one)) };
}
