import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { examine, type Finding } from '../network/doctor.ts';
import { findRunningServer } from '../network/running-server.ts';
import { dataDirOf, formatOf } from './context.ts';
import { print } from './output.ts';
import { openClient } from './platform-client.ts';

const MARKS: Readonly<Record<Finding['status'], string>> = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' };

/** `orion doctor`: exit code 1 when something failed. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look at port, data folder and names; say what to do')
    .action(async (_flags: object, command: Command) => {
      const config = loadConfig({ argv: [], env: process.env, cwd: process.cwd() });
      const dataDir = dataDirOf(command);
      const findings = await examine({
        dataDir,
        port: config.port,
        platformDomain: config.platformDomain,
        names: await storeNames(dataDir),
      });
      print(formatOf(command), { findings }, () => findings.map(describe).join('\n'));
      if (findings.some((finding) => finding.status === 'failed')) process.exitCode = 1;
    });
}

function describe({ name, status, message, fix }: Finding): string {
  return `${MARKS[status]}  ${name}: ${message}${fix ? `\n           ${fix}` : ''}`;
}

/** Only a running server is asked: the doctor must not make or lock a folder. */
async function storeNames(dataDir: string): Promise<string[]> {
  if (!(await findRunningServer(dataDir))) return [];
  const client = await openClient(dataDir);
  return (await client.listStores()).map((store) => store.subdomain);
}
