import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ListRoutesInput, RouteRow, RouteTable } from '../../contract/routing.ts';
import type { StoreLookup } from '../resolution.ts';
import { type Claim, type ClaimingStore, type ClaimSettings, platformClaims, storeClaims } from './claims.ts';
import { judgeClaim } from './judge-claim.ts';
import { markCollisions } from './mark-collisions.ts';
import { type RoutePattern, routerRows } from './router-rows.ts';

/** More would take long to judge and longer to read. */
const MAX_STORES = 2000;
const MAX_ROWS = 5000;
/** Other requests get their turn between so many. */
const JUDGED_AT_ONCE = 200;

export interface RouteTableInput {
  readonly stores: readonly ClaimingStore[];
  readonly patterns: readonly RoutePattern[];
  readonly lookup: StoreLookup;
  readonly settings: ClaimSettings;
  readonly filter: ListRoutesInput;
}

/** Every host and path pattern that matches the filter, each judged by the resolver itself. */
export async function routeTable({ stores, patterns, lookup, settings, filter }: RouteTableInput): Promise<RouteTable> {
  const text = filter.text?.trim().toLowerCase() ?? '';
  const wanted = stores.filter((one) => !filter.store || one.store.code === filter.store);
  // A text that names some stores narrows them down; any other text may stand in every store's paths.
  const named = text === '' ? wanted : wanted.filter((one) => isNamed(one, text));
  const looked = (wanted.length > MAX_STORES && named.length > 0 ? named : wanted).slice(0, MAX_STORES);
  const claims = [...looked.flatMap((one) => storeClaims(one, settings)), ...platformClaims(settings)];
  const judged = markCollisions(await judgeAll(claims, lookup, settings), settings.platformDomain);
  const first = stores[0];
  const storeHost = first ? `${first.store.subdomain}.${settings.platformDomain}` : null;
  const pages = routerRows(patterns, settings, storeHost);
  // Reserved words are many and rarely what is looked for.
  const isReserved = ({ state }: RouteRow) => state === 'reserved';
  const all = [...judged.filter((row) => !isReserved(row)), ...pages, ...judged.filter(isReserved)];
  const rows = all.filter((row) => matches(row, filter, text));
  return {
    rows: rows.slice(0, MAX_ROWS),
    total: rows.length,
    problems: all.filter(isProblem).length,
    storesLeftOut: wanted.length - looked.length,
  };
}

async function judgeAll(claims: readonly Claim[], lookup: StoreLookup, settings: ClaimSettings): Promise<RouteRow[]> {
  const rows: RouteRow[] = [];
  for (let start = 0; start < claims.length; start += JUDGED_AT_ONCE) {
    const part = claims.slice(start, start + JUDGED_AT_ONCE);
    rows.push(...(await Promise.all(part.map((claim) => judgeClaim(claim, lookup, settings)))));
    await nextTurn();
  }
  return rows;
}

function isNamed({ store, domains }: ClaimingStore, text: string): boolean {
  return [store.code, store.subdomain, store.name.toLowerCase(), ...domains.map(({ domain }) => domain)].some((name) =>
    name.includes(text),
  );
}

function matches(row: RouteRow, { state, rule, store }: ListRoutesInput, text: string): boolean {
  if (state === 'problem' ? !isProblem(row) : state && row.state !== state) return false;
  if (rule && row.rule !== rule) return false;
  if (store && row.store?.code !== store) return false;
  if (text === '') return true;
  const words = [row.host + row.path, row.owner, row.store?.code ?? '', row.store?.name ?? ''];
  return words.some((word) => word.toLowerCase().includes(text));
}

/** Reserved words are as they must be. */
function isProblem({ state }: RouteRow): boolean {
  return state !== 'active' && state !== 'reserved';
}
