import type { DeletedStore, ListedStore, StoreTraffic } from '../../../../server/contract/stores.ts';
import type { ListSort, ListView } from './list-view.ts';

/** A store with what it was asked lately; null when it was not asked since the server's start. */
export interface StoreRow {
  readonly store: ListedStore;
  readonly traffic: StoreTraffic | null;
}

/** Puts each store beside its traffic. */
export function withTraffic(stores: readonly ListedStore[], traffic: readonly StoreTraffic[]): StoreRow[] {
  const byCode = new Map(traffic.map((one) => [one.code, one]));
  return stores.map((store) => ({ store, traffic: byCode.get(store.code) ?? null }));
}

/** The rows that a view wants, in its order. Equal ones stay in the order of their names. */
export function arrange(rows: readonly StoreRow[], view: ListView): StoreRow[] {
  const wanted = rows.filter(
    ({ store }) => hasState(store, view.state) && hasText([store.name, store.code, ...store.domains], view.text),
  );
  return wanted.sort((a, b) => compare(a, b, view.sort) || compareText(a.store.name, b.store.name));
}

/** The deleted stores that hold the text in name or code. */
export function findDeleted(stores: readonly DeletedStore[], text: string): DeletedStore[] {
  return stores.filter((store) => hasText([store.name, store.code], text));
}

function hasState(store: ListedStore, state: ListView['state']): boolean {
  return state === 'all' || store.isActive === (state === 'open');
}

function hasText(values: readonly string[], text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === '' || values.some((value) => value.toLowerCase().includes(wanted));
}

function compare(a: StoreRow, b: StoreRow, { key, isDescending }: ListSort): number {
  const difference = compareBy(a, b, key);
  return isDescending ? -difference : difference;
}

function compareBy(a: StoreRow, b: StoreRow, key: ListSort['key']): number {
  switch (key) {
    case 'name':
      return compareText(a.store.name, b.store.name);
    case 'code':
      return compareText(a.store.code, b.store.code);
    case 'created':
      return a.store.createdAt - b.store.createdAt;
    case 'requests':
      return (a.traffic?.requestsPerMinute ?? 0) - (b.traffic?.requestsPerMinute ?? 0);
  }
}

// One collator for all comparisons: making one is what costs.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}
