import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { DOCTOR_GROUPS, type DoctorReport, type Finding } from '../contract/doctor.ts';
import { findRunningServer, type RunningServer } from '../network/running-server.ts';
import { dataDirOf, formatOf } from './context.ts';
import { print } from './output.ts';
import { callServer } from './remote-client.ts';

const MARKS: Readonly<Record<Finding['status'], string>> = {
  ok: 'ok     ',
  warning: 'warning',
  failed: 'FAILED ',
  skipped: '-      ',
};

const TITLES: Readonly<Record<Finding['group'], string>> = {
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

/** `orion doctor`: exit code 1 when something failed. It asks a running server, and makes and locks nothing. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look at ports, names, certificates, data and stores; say what to do')
    .action(async (_flags: object, command: Command) => {
      const dataDir = dataDirOf(command);
      const server = await findRunningServer(dataDir);
      const report = server ? await askServer(server, dataDir) : await lookAlone(dataDir);
      print(formatOf(command), report, () => describe(report));
      if (report.findings.some(({ status }) => status === 'failed')) process.exitCode = 1;
    });
}

/** A server that does not answer is a finding, and what can be seen without it is looked at all the same. */
async function askServer(server: RunningServer, dataDir: string): Promise<DoctorReport> {
  try {
    return await callServer<DoctorReport>(server, 'GET', '/api/doctor');
  } catch (error) {
    const report = await lookAlone(dataDir);
    const silent: Finding = {
      id: 'server:silent',
      group: 'ports',
      name: 'Server',
      status: 'failed',
      message: `The server (process ${server.pid}) does not answer on port ${server.port}: ${(error as Error).message}`,
      details: [],
      fix: { text: 'Restart it.', command: process.platform === 'win32' ? null : `kill ${server.pid}`, action: null },
    };
    return { ...report, findings: [silent, ...report.findings] };
  }
}

async function lookAlone(dataDir: string): Promise<DoctorReport> {
  const config = loadConfig({ argv: [], env: process.env, cwd: process.cwd() });
  const { doctorWithoutServer } = await import('../assemble-doctor.ts');
  return doctorWithoutServer({ ...config, dataDir });
}

function describe({ findings, checklist }: DoctorReport): string {
  const groups = DOCTOR_GROUPS.flatMap((group) => {
    const own = findings.filter((finding) => finding.group === group);
    return own.length === 0 ? [] : [[TITLES[group], ...own.map(describeFinding)].join('\n')];
  });
  const list = checklist.map(({ label, state, message }) => `  ${CHECKS[state]} ${label}\n      ${message}`);
  const blocks = list.length === 0 ? groups : [...groups, ['Quick Test Checklist', ...list].join('\n')];
  return [...blocks, summaryOf(findings)].join('\n\n');
}

const CHECKS = { done: '[x]', open: '[ ]', failed: '[!]' } as const;

function describeFinding({ name, status, message, details, fix }: Finding): string {
  const lines = [`  ${MARKS[status]}  ${name}: ${message}`];
  // What is well needs no reading.
  if (status === 'warning' || status === 'failed') lines.push(...details.map((detail) => `             ${detail}`));
  if (fix) lines.push(`             ${fix.text}`, ...(fix.command === null ? [] : [`             $ ${fix.command}`]));
  return lines.join('\n');
}

function summaryOf(findings: readonly Finding[]): string {
  const number = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  return `${number('ok')} ok, ${number('warning')} warnings, ${number('failed')} failed, ${number('skipped')} not looked at`;
}
