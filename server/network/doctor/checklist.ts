/** The "Quick Test Checklist" of the Django demo's document: each line ticked by looking, none by hand. */
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DoctorReport } from '../../contract/doctor.ts';
import type { AskedAnswer, AskServer } from './ask-server.ts';
import type { LookedStore } from './stores.ts';

export type ChecklistLine = DoctorReport['checklist'][number];

export interface ChecklistInput {
  readonly platformDomain: string;
  /** Production leaves `/data/` out. */
  readonly isDevelopment: boolean;
  /** The project's folder, with package.json. */
  readonly root: string;
  readonly findings: DoctorReport['findings'];
  readonly stores: readonly LookedStore[];
  readonly port: number;
  readonly ask: AskServer;
}

const DEMO = ['techstore', 'fashion'] as const;

/** Looks at every line of the list. */
export async function lookAtChecklist(input: ChecklistInput): Promise<ChecklistLine[]> {
  const [dependencies, landing, data, admin] = await Promise.all([
    dependenciesLine(input.root),
    pageLine(input, 'landing', input.platformDomain, '/'),
    dataLines(input),
    adminLine(input),
  ]);
  return [
    fromFinding(input, 'postgres', 'PostgreSQL running and accessible', 'database:engine'),
    nodeLine(),
    dependencies,
    hostsLine(input),
    fromFinding(input, 'migrations', 'Migrations applied', 'database:migrations'),
    testDataLine(input),
    landing,
    ...data,
    admin,
  ];
}

function line(id: string, label: string, state: ChecklistLine['state'], message: string, url: string | null = null) {
  return { id, label, state, message, url };
}

function fromFinding({ findings }: ChecklistInput, id: string, label: string, findingId: string): ChecklistLine {
  const finding = findings.find((one) => one.id === findingId);
  if (!finding) return line(id, label, 'open', 'This could not be looked at.');
  const state = finding.status === 'ok' ? 'done' : finding.status === 'failed' ? 'failed' : 'open';
  return line(id, label, state, withFix(finding.message, finding.fix?.text));
}

function withFix(message: string, fix: string | undefined): string {
  return fix === undefined ? message : `${message} ${fix}`;
}

/** The document's virtual environment: a Python of the project's own. Here it is the project's own Node. */
function nodeLine(): ChecklistLine {
  const label = 'Virtual environment activated';
  return line(
    'environment',
    label,
    'done',
    `The project's own Node ${process.versions.node} runs: ${process.execPath}`,
  );
}

async function dependenciesLine(root: string): Promise<ChecklistLine> {
  const label = 'Dependencies installed';
  const { dependencies = {} } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  const names = Object.keys(dependencies);
  const there = await Promise.all(
    names.map((name) =>
      access(join(root, 'node_modules', name, 'package.json')).then(
        () => true,
        () => false,
      ),
    ),
  );
  const missing = names.filter((_name, index) => !there[index]);
  if (missing.length === 0) return line('dependencies', label, 'done', `${names.length} packages are there.`);
  return line(
    'dependencies',
    label,
    'failed',
    `Missing: ${missing.join(', ')}. Start with npm start, which installs them.`,
  );
}

function hostsLine({ findings, platformDomain }: ChecklistInput): ChecklistLine {
  const label = 'Hosts file updated';
  const block = findings.find(({ id }) => id === 'hosts:block');
  if (block?.status === 'ok') return line('hosts', label, 'done', block.message);
  const without =
    platformDomain === 'localhost' ? ' Browsers reach *.localhost without it; other programs need it.' : '';
  const message = block ? withFix(block.message, block.fix?.text) : 'The hosts file could not be looked at.';
  return line('hosts', label, 'open', `${message}${without}`);
}

function testDataLine({ stores }: ChecklistInput): ChecklistLine {
  const label = 'Test data created';
  const missing = DEMO.filter((code) => !stores.some((store) => store.code === code && store.products > 0));
  if (missing.length === 0) {
    const goods = DEMO.map((code) => `${code} has ${stores.find((store) => store.code === code)?.products} products`);
    return line('test-data', label, 'done', `${goods.join(', ')}.`);
  }
  return line('test-data', label, 'open', `No products: ${missing.join(', ')}. Run: orion fixtures load`);
}

async function pageLine(
  { ask, port }: Pick<ChecklistInput, 'ask' | 'port'>,
  id: string,
  host: string,
  path: string,
): Promise<ChecklistLine> {
  const url = `http://${host}:${port}${path}`;
  const answer = await ask(host, path);
  return line(id, `Can access ${url}`, answer.status === 200 ? 'done' : 'failed', said(answer), url);
}

function said({ status, headers, text }: AskedAnswer): string {
  if (status === 0) return `Nobody answered: ${text}`;
  const schema = headers['x-tenant-schema'];
  return `Answered ${status}${schema === undefined ? '' : `, schema ${schema}`}.`;
}

/** The two stores' `/data/`, and that each gives its own. */
async function dataLines({
  ask,
  port,
  stores,
  platformDomain,
  isDevelopment,
}: ChecklistInput): Promise<ChecklistLine[]> {
  const looked = await Promise.all(
    DEMO.map(async (code) => {
      const host = stores.find((store) => store.code === code)?.host ?? `${code}.${platformDomain}`;
      const url = `http://${host}:${port}/data/`;
      const isThere = stores.some((store) => store.code === code);
      const answer = await ask(host, '/data/');
      const state = answer.status === 200 ? 'done' : isThere && isDevelopment ? 'failed' : 'open';
      const hint = isThere ? hintOf(isDevelopment) : ' The demo store is not there. Run: orion fixtures load';
      return { answer, line: line(`data-${code}`, `Can access ${url}`, state, said(answer) + hint, url) };
    }),
  );
  return [...looked.map((one) => one.line), differenceLine(looked.map(({ answer }) => answer))];
}

function hintOf(isDevelopment: boolean): string {
  return isDevelopment ? '' : ' Production mode leaves this page out.';
}

function differenceLine(answers: readonly AskedAnswer[]): ChecklistLine {
  const label = 'Data is different between tenants';
  const [first, second] = answers;
  if (first?.status !== 200 || second?.status !== 200)
    return line('difference', label, 'open', 'Both stores have to answer first.');
  if (first.text === second.text)
    return line(
      'difference',
      label,
      'failed',
      'Both stores gave the same data. Ask the Routing page which store answers.',
    );
  const shared = sharedProducts(first.text, second.text);
  if (shared.length > 0)
    return line('difference', label, 'failed', `Both stores have these products: ${shared.join(', ')}.`);
  return line('difference', label, 'done', 'The two answers name different products, orders and schemas.');
}

/** Names of products that both answers have. */
function sharedProducts(first: string, second: string): string[] {
  const namesOf = (text: string) => {
    const { products = [] } = JSON.parse(text) as { products?: { name?: string }[] };
    return products.map(({ name }) => name ?? '');
  };
  const others = new Set(namesOf(second));
  return namesOf(first).filter((name) => others.has(name));
}

/** Each store's own admin asks for that store's own people. */
async function adminLine({ ask, stores }: ChecklistInput): Promise<ChecklistLine> {
  const label = 'Admin interface works for each tenant';
  const open = stores.filter(({ isActive, fault }) => isActive && fault === null);
  if (open.length === 0) return line('admin', label, 'open', 'There is no open store.');
  const answers = await Promise.all(
    open.map(async (store) => ({ store, answer: await ask(store.host, '/admin/sign-in') })),
  );
  const wrong = answers.filter(
    ({ store, answer }) => answer.status !== 200 || !answer.text.includes(escaped(store.name)),
  );
  if (wrong.length === 0)
    return line('admin', label, 'done', `${open.length} stores ask for their own people at /admin/.`);
  const named = wrong.map(({ store, answer }) => `${store.code} (${answer.status})`);
  return line('admin', label, 'failed', `Not right at ${named.join(', ')}.`);
}

/** As templates write it. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;');
}
