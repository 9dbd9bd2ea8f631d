import { describe, expect, it } from 'vitest';
import { buildFinding, buildReport } from '../testing/build-doctor.ts';
import { countsOf, groupsOf, reportSummary, reportText, withFinding } from './report.ts';

const { findings } = buildReport();

it('groups findings in the order of the looking and counts them', () => {
  expect(groupsOf(findings, 'all').map(({ title }) => title)).toEqual(['Ports', 'Hosts file', 'Clock']);
  expect(groupsOf(findings, 'warning').flatMap((group) => group.findings.map(({ id }) => id))).toEqual(['port:443']);
  expect(countsOf(findings)).toEqual({ ok: 1, warning: 1, failed: 1, skipped: 1 });
});

describe('reportSummary', () => {
  it.each([
    [findings, 'bad', '1 problem and 1 warning'],
    [findings.filter(({ status }) => status !== 'failed'), 'warn', '1 warning, and nothing that stops work'],
    [findings.filter(({ status }) => status === 'ok'), 'good', 'All is well: 1 check passed'],
  ])('says the worst first', (some, tone, title) => expect(reportSummary(some)).toEqual({ tone, title }));
});

it('writes everything that somebody else needs to help', () => {
  const text = reportText(buildReport(), '1.2.3');
  expect(text).toContain('[warning] Port 443: Another program holds it: nginx, process 812, user www-data.');
  expect(text).toContain('      nginx: master process /usr/sbin/nginx');
  expect(text).toContain('To do: Write them. (orion hosts sync)');
  expect(text).toContain('[open] A custom domain opens: No store has one yet.');
});

it('puts a finding that was looked at again in the place of the old one', () => {
  const fixed = buildFinding('hosts:block', { group: 'hosts', status: 'ok' });
  expect(withFinding(buildReport(), fixed).findings.map(({ status }) => status)).toEqual([
    'ok',
    'warning',
    'ok',
    'skipped',
  ]);
});
