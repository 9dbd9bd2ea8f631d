import type { Finding } from '../../contract/doctor.ts';
import type { AskServer } from './ask-server.ts';
import { about, count } from './finding.ts';

/** A store as the doctor found it. */
export interface LookedStore {
  readonly code: string;
  readonly name: string;
  readonly schemaName: string;
  readonly isActive: boolean;
  /** Its own name below the platform domain, without port. */
  readonly host: string;
  /** Its own domains: those that answer, and those that wait for something. */
  readonly domains: readonly { readonly name: string; readonly isServed: boolean }[];
  /** Where its data lies, in words. */
  readonly place: string;
  /** Why it cannot be opened; null when it can. */
  readonly fault: string | null;
  /** 0 when it could not be opened. */
  readonly products: number;
  /** Migrations that its data lacks. */
  readonly pending: readonly string[];
}

export interface StoresInput {
  readonly stores: readonly LookedStore[];
  readonly total: number;
  /** Null when no server answers. */
  readonly ask: AskServer | null;
  /** Names of the platform that the hosts file lacks. */
  readonly missingNames: readonly string[];
}

/** The source document's troubleshooting entries that are about stores, each looked at. */
export async function checkStores(input: StoresInput): Promise<Finding[]> {
  if (input.total === 0) return [noStores()];
  return [await subdomains(input), domains(input), noData(input), ...closed(input)];
}

function noStores(): Finding {
  return about('stores', 'stores:none', 'Stores').warning('There is no store yet.', {
    fix: { text: 'Load the demo stores, or make a store.', command: 'orion fixtures load', action: 'load-fixtures' },
  });
}

/** "Subdomain not working": asks each store's own address and looks who answers. */
async function subdomains({ stores, ask, missingNames }: StoresInput): Promise<Finding> {
  const finding = about('stores', 'stores:subdomains', 'Subdomains');
  if (!ask) return finding.skipped('No server runs that could be asked.');
  const wrong: string[] = [];
  const active = stores.filter(({ isActive, fault }) => isActive && fault === null);
  await Promise.all(
    active.map(async ({ code, host }) => {
      const { status, headers } = await ask(host, '/');
      const answered = headers['x-store-code'];
      // Production leaves the header out: then the status alone speaks.
      if (status >= 400) wrong.push(`${host} answers ${status}`);
      else if (answered !== undefined && answered !== code) wrong.push(`${host} is answered by ${answered}`);
    }),
  );
  if (wrong.length > 0)
    return finding.failed(`${count(wrong.length, 'store')} not answered right: ${wrong.slice(0, 5).join(', ')}.`, {
      details: wrong,
      fix: { text: 'Ask the Routing page why.', command: `orion why http://${active[0]?.host}/` },
    });
  const lacking = active.filter(({ host }) => missingNames.includes(host));
  const details = active.slice(0, 10).map(({ host, schemaName }) => `${host}: store found, schema ${schemaName}`);
  const note =
    lacking.length > 0 ? ' Browsers resolve *.localhost themselves; other programs need the hosts entries.' : '';
  return finding.ok(`${count(active.length, 'store')} answer under their own names.${note}`, { details });
}

/** The second half of "Subdomain not working": is the domain in the database, and does it answer? */
function domains({ stores }: StoresInput): Finding {
  const finding = about('stores', 'stores:domains', 'Own domains');
  const all = stores.flatMap((store) => store.domains.map((domain) => ({ ...domain, code: store.code })));
  if (all.length === 0) return finding.skipped('No store has a domain of its own.');
  const waiting = all.filter(({ isServed }) => !isServed);
  const details = all.map(
    ({ name, code, isServed }) => `${name}: store ${code}${isServed ? '' : ', does not answer yet'}`,
  );
  if (waiting.length === 0)
    return finding.ok(`${count(all.length, 'domain')} in the database and served.`, { details });
  const first = waiting[0];
  return finding.warning(
    `${count(waiting.length, 'domain')} not served yet: ${waiting.map(({ name }) => name).join(', ')}.`,
    {
      details,
      fix: {
        text: 'Verify and activate the domain on the store’s Domains tab.',
        command: `orion domain verify ${first?.code} ${first?.name}`,
      },
    },
  );
}

/** "No data showing for tenant". */
function noData({ stores, ask }: StoresInput): Finding {
  const finding = about('stores', 'stores:data', 'Goods of the stores');
  const opened = stores.filter(({ fault }) => fault === null);
  const empty = opened.filter(({ products }) => products === 0);
  const header = ask ? ['The header X-Tenant-Schema of an answer names the store’s schema.'] : [];
  if (opened.length === 0) return finding.skipped('No store could be opened.');
  if (empty.length === 0) return finding.ok(`${count(opened.length, 'store')} with products.`, { details: header });
  const isAll = empty.length === opened.length;
  const codes = empty.map(({ code }) => code);
  return finding.warning(
    isAll ? 'No store has products.' : `${count(empty.length, 'store')} without products: ${codes.join(', ')}.`,
    {
      details: [...empty.map(({ code, schemaName }) => `${code}: schema ${schemaName}, 0 products`), ...header],
      fix: isAll
        ? { text: 'Load the demo stores, or add products.', command: 'orion fixtures load', action: 'load-fixtures' }
        : { text: 'Add products in the store’s dashboard.', command: `orion store open ${codes[0]} --dashboard` },
    },
  );
}

function closed({ stores }: StoresInput): Finding[] {
  const inactive = stores.filter(({ isActive }) => !isActive);
  if (inactive.length === 0) return [];
  return [
    about('stores', 'stores:closed', 'Closed stores').ok(
      `${count(inactive.length, 'store')} closed, answering 503: ${inactive.map(({ code }) => code).join(', ')}.`,
    ),
  ];
}
