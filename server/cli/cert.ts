import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { CertificatesState, ChangedTrust } from '../contract/certificates.ts';
import { StartupError } from '../errors.ts';
import { type ConsoleApi, openConsoleApi } from './console-api.ts';
import { dataDirOf, formatOf } from './context.ts';
import { print, table } from './output.ts';
import { runElevated } from './run-elevated.ts';

interface TrustFlags {
  readonly store?: readonly string[];
  readonly sudo?: boolean;
}

/** `orion cert`: the local authority, who trusts it, and certificates. */
export function addCertCommands(program: Command): void {
  const cert = program.command('cert').description('HTTPS: the local authority, who trusts it, and certificates');
  cert
    .command('list')
    .description('show HTTPS, the authority, who trusts it, and every certificate')
    .action((_flags: object, command: Command) => withState(command, (api) => api.call('certificates')));
  cert
    .command('trust')
    .description('make the programs of this machine trust the local authority')
    .option('--store <id...>', 'only these places, such as system or nss:chromium; orion cert list names them')
    .option('--sudo', 'run what needs administrator rights as well, with sudo')
    .action((flags: TrustFlags, command: Command) =>
      changeTrust(command, flags, (api) =>
        api.call('trustAuthority', { body: flags.store ? { stores: [...flags.store] } : {} }),
      ),
    );
  cert
    .command('untrust')
    .description('take the trust in the local authority away again')
    .option('--store <id...>', 'only in these places; orion cert list names them')
    .option('--sudo', 'run what needs administrator rights as well, with sudo')
    .action((flags: TrustFlags, command: Command) =>
      changeTrust(command, flags, (api) =>
        api.call('untrustAuthority', { query: flags.store ? { stores: flags.store.join(',') } : {} }),
      ),
    );
  cert
    .command('renew')
    .description('make a new authority; it has to be trusted anew')
    .action((flags: TrustFlags, command: Command) =>
      changeTrust(command, flags, (api) => api.call('renewCertificates')),
    );
  addImportCommands(cert);
}

function addImportCommands(cert: Command): void {
  cert
    .command('import')
    .description('use a certificate of your own for its names')
    .argument('<certificate>', 'PEM file; the chain may follow in it')
    .argument('<key>', 'PEM file of its key, without a passphrase')
    .action((certificate: string, key: string, _flags: object, command: Command) => {
      const body = { certificate: readText(certificate), key: readText(key) };
      return withState(command, (api) => api.call('importCertificate', { body }));
    });
  cert
    .command('remove')
    .description('remove a certificate that was imported')
    .argument('<name>', 'one of its names')
    .action((name: string, _flags: object, command: Command) =>
      withState(command, (api) => api.call('removeCertificate', { params: { name } })),
    );
}

/** @throws {StartupError} when there is no such file */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new StartupError(`${file} cannot be read: ${isMissing ? 'it is not there' : (error as Error).message}.`, 2);
  }
}

async function withApi<Result>(command: Command, work: (api: ConsoleApi) => Promise<Result>): Promise<Result> {
  const api = await openConsoleApi(dataDirOf(command));
  try {
    return await work(api);
  } finally {
    await api.close();
  }
}

async function withState(command: Command, work: (api: ConsoleApi) => Promise<CertificatesState>): Promise<void> {
  const state = await withApi(command, work);
  print(formatOf(command), state, () => stateInWords(state));
}

/** With `--sudo`, what is left is run at once, and everything is looked up again. */
async function changeTrust(
  command: Command,
  flags: TrustFlags,
  work: (api: ConsoleApi) => Promise<ChangedTrust>,
): Promise<void> {
  const options = formatOf(command);
  const changed = await withApi(command, async (api) => {
    const answer = await work(api);
    if (!answer.elevation || !flags.sudo) return answer;
    await runElevated(answer.elevation);
    return { ...answer, elevation: null, state: await api.call('certificates') };
  });
  print(options, changed, () => changeInWords(changed));
}

function changeInWords({ results, elevation, state }: ChangedTrust): string {
  const failed = results.filter(({ isDone }) => !isDone);
  return [
    trustTable(state),
    ...failed.map(({ message }) => message),
    ...(elevation
      ? ['', 'What is left needs administrator rights; run it, or repeat this with --sudo:', `  ${elevation.command}`]
      : []),
  ].join('\n');
}

function stateInWords(state: CertificatesState): string {
  const { https, authority, certificates } = state;
  const rows = certificates.map(({ names, source, notAfter, store, fault }) => [
    names.join(' '),
    source,
    day(notAfter),
    store ?? '-',
    fault ?? '',
  ]);
  return [
    https.url ? `HTTPS: ${https.url}` : `HTTPS: off${https.fault ? ` (${https.fault})` : ''}`,
    authority ? `Authority: ${authority.subject}, until ${day(authority.notAfter)}` : 'Authority: none yet',
    ...(authority ? [`  ${authority.fingerprint}`, `  ${authority.certificateFile}`] : []),
    '',
    trustTable(state),
    ...(rows.length > 0 ? ['', table(['CERTIFICATE', 'SOURCE', 'UNTIL', 'STORE', ''], rows)] : []),
  ].join('\n');
}

function trustTable({ trust }: CertificatesState): string {
  const rows = trust.map(({ id, clients, state, message, command }) => [
    id,
    state.replace('_', ' '),
    clients,
    state === 'trusted' ? '' : (command ?? message),
  ]);
  return table(['PLACE', 'TRUST', 'READ BY', ''], rows);
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
