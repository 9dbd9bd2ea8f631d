import type { DoctorReport } from '../../contract/doctor.ts';
import { checkClock } from './clock.ts';
import { checkDataFolder } from './data-folder.ts';
import { about, unique } from './finding.ts';
import { checkNamesAlone } from './names.ts';
import { checkPorts, type PortUse } from './ports.ts';
import { checkProxy } from './proxy.ts';
import { runChecks } from './run-checks.ts';

/** What of a report needs no running server. */
export async function reportWithoutServer(input: {
  readonly dataDir: string;
  readonly platformDomain: string;
  readonly ports: readonly PortUse[];
  readonly installedAt: number;
}): Promise<DoctorReport> {
  const began = performance.now();
  const names = [input.platformDomain, `admin.${input.platformDomain}`];
  const findings = await runChecks([
    { group: 'ports', name: 'ports', run: () => checkPorts(input.ports) },
    { group: 'names', name: 'names', run: () => checkNamesAlone(names) },
    { group: 'data', name: 'data folder', run: () => checkDataFolder(input.dataDir) },
    { group: 'proxy', name: 'proxy settings', run: () => checkProxy({ names, pacUrl: null, env: process.env }) },
    {
      group: 'clock',
      name: 'clock',
      run: () => checkClock({ notBefore: [], databaseTime: null, installedAt: input.installedAt }),
    },
  ]);
  const unseen = [
    about('hosts', 'hosts:block', 'Names in the hosts file'),
    about('certificates', 'certificates:https', 'HTTPS'),
    about('database', 'database:engine', 'Database'),
    about('stores', 'stores:subdomains', 'Stores'),
  ].map((finding) =>
    finding.skipped('Only a running server knows.', {
      fix: { text: 'Start it and look again.', command: 'orion serve' },
    }),
  );
  return {
    at: Date.now(),
    durationMs: Math.round(performance.now() - began),
    findings: unique([...findings, ...unseen]),
    checklist: [],
  };
}
