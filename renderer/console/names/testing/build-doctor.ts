import type { DoctorReport, Finding } from '../../../../server/contract/doctor.ts';

/** A finding for tests; all is well unless told otherwise. */
export function buildFinding(id: string, given: Partial<Finding> = {}): Finding {
  return {
    id,
    group: 'ports',
    name: id,
    status: 'ok',
    message: 'It is as it should be.',
    details: [],
    fix: null,
    ...given,
  };
}

/** What the doctor finds, for tests. */
export function buildReport(given: Partial<DoctorReport> = {}): DoctorReport {
  return {
    at: Date.UTC(2026, 10, 21, 12),
    durationMs: 412,
    findings: [
      buildFinding('port:8000', { name: 'Port 8000', message: 'This server listens.' }),
      buildFinding('port:443', {
        name: 'Port 443',
        status: 'warning',
        message: 'Another program holds it: nginx, process 812, user www-data.',
        details: ['nginx: master process /usr/sbin/nginx'],
        fix: { text: 'Stop it, or choose another port for HTTPS.', command: 'sudo systemctl stop nginx', action: null },
      }),
      buildFinding('hosts:block', {
        group: 'hosts',
        name: 'Names in the hosts file',
        status: 'failed',
        message: '6 names are missing.',
        fix: { text: 'Write them.', command: 'orion hosts sync', action: 'hosts-sync' },
      }),
      buildFinding('clock', {
        group: 'clock',
        name: 'Clock',
        status: 'skipped',
        message: 'There is no other clock to ask.',
      }),
    ],
    checklist: [
      {
        id: 'home',
        label: 'TechStore opens by its subdomain',
        state: 'done',
        message: '200 in 8 ms',
        url: 'http://techstore.localhost:8000/',
      },
      { id: 'custom', label: 'A custom domain opens', state: 'open', message: 'No store has one yet.', url: null },
    ],
    ...given,
  };
}
