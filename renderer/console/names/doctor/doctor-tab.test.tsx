// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DoctorReport } from '../../../../server/contract/doctor.ts';
import { renderInConsole } from '../../../testing/render.tsx';
import { buildFinding, buildReport } from '../testing/build-doctor.ts';
import { DoctorTab } from './doctor-tab.tsx';
import { withFinding } from './report.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const ELEVATION = { id: 'e1', purpose: 'Writes 6 names.', command: 'sudo orion-hosts --plan 7' };
const fixed = buildFinding('hosts:block', {
  group: 'hosts',
  name: 'Names in the hosts file',
  message: 'All are there.',
});
const row = (name: string) => screen.findByRole('listitem', { name });

describe('DoctorTab', () => {
  it('shows only what is asked for, with a command where a person has to act', async () => {
    renderInConsole(<DoctorTab />, { at: '/names/doctor?status=warning', operations: { doctor: () => buildReport() } });
    const port = within(await row('Port 443'));
    expect(port.getByText('sudo systemctl stop nginx')).toBeDefined();
    expect(port.queryByRole('button', { name: /names/ })).toBeNull();
    expect(screen.queryByRole('listitem', { name: 'Port 8000' })).toBeNull();
    expect(screen.getByText('1 problem and 1 warning')).toBeDefined();
  });

  it('fixes a finding and looks again at everything', async () => {
    let report: DoctorReport = buildReport();
    renderInConsole(<DoctorTab />, {
      operations: {
        doctor: () => report,
        fixFinding: () => {
          report = withFinding(report, fixed);
          return { message: 'The names are written.', elevation: null, finding: fixed };
        },
      },
    });
    const before = within(await row('Names in the hosts file'));
    await userEvent.click(before.getByRole('button', { name: 'Write the names' }));
    expect(await screen.findByText('1 warning, and nothing that stops work')).toBeDefined();
    expect(within(await row('Names in the hosts file')).getByText('All are there.')).toBeDefined();
  });

  it('asks for rights where they are needed, and stays until it is done', async () => {
    let report: DoctorReport = buildReport();
    renderInConsole(<DoctorTab />, {
      operations: {
        doctor: () => report,
        fixFinding: () => ({ message: 'Rights are needed.', elevation: ELEVATION, finding: null }),
      },
    });
    const finding = within(await row('Names in the hosts file'));
    await userEvent.click(finding.getByRole('button', { name: 'Write the names' }));
    expect(await finding.findByText(ELEVATION.command)).toBeDefined();
    await userEvent.click(finding.getByRole('button', { name: 'I ran it: check again' }));
    expect(await finding.findAllByText('6 names are missing.')).toHaveLength(2);

    report = withFinding(report, fixed);
    await userEvent.click(finding.getByRole('button', { name: 'I ran it: check again' }));
    expect(await finding.findByText('All are there.')).toBeDefined();
    expect(finding.queryByText(ELEVATION.command)).toBeNull();
  });
});
