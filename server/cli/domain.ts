import { type Command, Option } from 'commander';
import type { DomainGuide, StoreDomain } from '../contract/domains.ts';
import { type ConsoleApi, openConsoleApi } from './console-api.ts';
import { dataDirOf, formatOf } from './context.ts';
import { print, table } from './output.ts';

interface AddFlags {
  readonly withTwin?: boolean;
}

interface VerifyFlags {
  readonly method: 'dns' | 'file' | 'administrator';
}

const EXAMPLES = `
Examples:
  orion domain add techstore shop.example.com
  orion domain verify techstore shop.example.com
  orion domain verify techstore shop.test --method administrator
  orion domain primary techstore shop.example.com`;

/** `orion domain list|add|show|verify|primary|activate|deactivate|remove`. */
export function addDomainCommands(program: Command): void {
  const domain = program
    .command('domain')
    .description("stores' own domains: adding, proving and choosing them")
    .addHelpText('after', EXAMPLES);
  domain
    .command('list')
    .argument('<store>', "the store's code")
    .description("list a store's domains, the primary one first")
    .action((code: string, _flags: object, command: Command) =>
      withApi(command, async (api) => {
        const answer = await api.call('storeDomains', { params: { code } });
        print(formatOf(command), answer, () => listText(answer.domains));
      }),
    );
  addCommand(domain);
  verifyCommand(domain);
  onDomain(domain, 'show', 'show the records to enter, and what the last check found').action(
    (code: string, name: string, _flags: object, command: Command) =>
      withApi(command, async (api) => {
        const guide = await api.call('domainGuide', { params: { code, domain: name } });
        print(formatOf(command), guide, () => guideText(guide));
      }),
  );
  changing(domain, 'primary', 'make a domain the one that a store is known by', { isPrimary: true });
  changing(domain, 'activate', 'let a domain answer again', { isActive: true });
  changing(domain, 'deactivate', 'switch a domain off, without losing it', { isActive: false });
  onDomain(domain, 'remove', 'remove a domain from a store').action(
    (code: string, name: string, _flags: object, command: Command) =>
      withApi(command, async (api) => {
        await api.call('removeDomain', { params: { code, domain: name } });
        print(formatOf(command), { removed: name }, () => `${name} was removed from ${code}.`);
      }),
  );
}

function onDomain(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .argument('<store>', "the store's code")
    .argument('<domain>', 'such as shop.example.com')
    .description(description);
}

function addCommand(parent: Command): void {
  onDomain(parent, 'add', 'add a domain, and show the records to enter at its registrar')
    .option('--with-twin', 'also the same name with or without www.')
    .action((code: string, name: string, flags: AddFlags, command: Command) =>
      withApi(command, async (api) => {
        const body = { domain: name, withTwin: flags.withTwin ?? false };
        const guide = await api.call('addDomain', { params: { code }, body });
        print(formatOf(command), guide, () => guideText(guide));
      }),
    );
}

/** Ends with 1 when the domain is not verified, so that a script can wait for it. */
function verifyCommand(parent: Command): void {
  onDomain(parent, 'verify', 'look whether a domain is proven; ends with 1 while it is not')
    .addOption(
      new Option('--method <method>', 'dns: by its TXT record; file: by a file; administrator: without asking anybody')
        .choices(['dns', 'file', 'administrator'])
        .default('dns'),
    )
    .action((code: string, name: string, { method }: VerifyFlags, command: Command) =>
      withApi(command, async (api) => {
        const guide = await api.call('verifyDomain', { params: { code, domain: name }, body: { method } });
        print(formatOf(command), guide, () => guideText(guide));
        if (!guide.domain.isVerified) process.exitCode = 1;
      }),
    );
}

type Change = { readonly isPrimary: true } | { readonly isActive: boolean };

function changing(parent: Command, name: string, description: string, body: Change): void {
  onDomain(parent, name, description).action((code: string, domain: string, _flags: object, command: Command) =>
    withApi(command, async (api) => {
      const changed = await api.call('changeDomain', { params: { code, domain }, body });
      print(formatOf(command), changed, () => listText([changed]));
    }),
  );
}

async function withApi(command: Command, work: (api: ConsoleApi) => Promise<void>): Promise<void> {
  const api = await openConsoleApi(dataDirOf(command));
  try {
    await work(api);
  } finally {
    await api.close();
  }
}

function listText(domains: readonly StoreDomain[]): string {
  if (domains.length === 0) return 'The store has no domain of its own. Add one with: orion domain add STORE DOMAIN';
  const rows = domains.map((domain) => [
    domain.displayName === domain.domain ? domain.domain : `${domain.displayName} (${domain.domain})`,
    stateText(domain),
    domain.isPrimary ? 'primary' : '',
    domain.lastFault ?? '',
  ]);
  return table(['DOMAIN', 'STATE', '', 'LAST CHECK'], rows);
}

function stateText({ isActive, isVerified, state, verifiedBy }: StoreDomain): string {
  if (isVerified && !isActive) return 'switched off';
  return isVerified ? `verified (${verifiedBy})` : state;
}

function guideText({ domain, records, file, checks, resolver }: DomainGuide): string {
  const name = domain.displayName === domain.domain ? domain.domain : `${domain.displayName} (${domain.domain})`;
  const head = domain.isVerified ? `${name} is ${stateText(domain)}: ${domain.url}` : `${name} is not verified.`;
  const dns =
    resolver === 'rehearsal'
      ? 'Asked is the rehearsal DNS of this machine, a stand-in for the public DNS.'
      : "Asked is the system's DNS.";
  const recordTable = table(
    ['TYPE', 'HOST', 'VALUE', 'TTL'],
    records.map((record) => [record.type, record.host, record.value, `${record.ttl}`]),
  );
  const found = checks.map((check) => [check.verdict, check.title, check.message, check.fix ?? '']);
  return [
    head,
    ...domain.warnings.map(({ message }) => `Note: ${message}`),
    '',
    'Enter at the registrar:',
    recordTable,
    `or put a file with ${file.content} at http://${domain.domain}${file.path}`,
    '',
    dns,
    checks.length === 0 ? 'Not checked yet.' : table(['RESULT', 'CHECK', 'FOUND', 'WHAT TO DO'], found),
  ].join('\n');
}
