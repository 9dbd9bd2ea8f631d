import { randomUUID } from 'node:crypto';
import { BACKEND_IDS, type BackendId } from '../../server/contract/backends.ts';
import type { StoreRef } from '../../server/database/store-database.ts';
import { findProduct, listProducts } from '../../server/modules/catalog/service.ts';
import { addOrder } from '../../server/modules/orders/service.ts';
import type { AppParts } from '../../server/parts.ts';
import type { BenchRun } from './bench-run.ts';
import { turnedBy, versus } from './compare.ts';
import type { ResultRow } from './report.ts';
import { type OpenedFolder, openFolder } from './seed.ts';
import { PRODUCTS_PER_STORE } from './seed-content.ts';

const WRITERS = 8;
const FIRST: BackendId = 'sqlite/database';

interface Subject {
  readonly backend: BackendId;
  readonly parts: AppParts;
  readonly stores: readonly StoreRef[];
  /** A product of each store, in the stores' order. */
  readonly handles: readonly string[];
}

/** One thing to measure; `run` returns the value of a round. */
interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly run: (subject: Subject, repeats: number) => Promise<number>;
}

const MEASURES: readonly Measure[] = [
  {
    name: 'product by handle, with variants and pictures',
    unit: 'ms',
    run: (subject, repeats) => meanMs(repeats * 4, (index) => readProduct(subject, index)),
  },
  {
    name: `list of ${PRODUCTS_PER_STORE} products`,
    unit: 'ms',
    run: (subject, repeats) => meanMs(repeats * 4, (index) => readList(subject, index)),
  },
  {
    name: 'order with 3 items, one after another',
    unit: 'ms',
    run: (subject, repeats) => meanMs(repeats, (index) => writeOrder(subject, index)),
  },
  {
    name: `orders, ${WRITERS} at once on one store`,
    unit: 'orders/s',
    run: (subject, repeats) => ordersPerSecond(subject, repeats, () => 0),
  },
  {
    name: `orders, ${WRITERS} at once on ${WRITERS} stores`,
    unit: 'orders/s',
    run: (subject, repeats) => ordersPerSecond(subject, repeats, (writer) => writer),
  },
];

/** Reads and writes through the store handle, in this process, on data folders that are seeded. */
export async function measureHandles(run: BenchRun, folderOf: (backend: BackendId) => string): Promise<ResultRow[]> {
  const opened: OpenedFolder[] = [];
  try {
    const subjects: Subject[] = [];
    for (const backend of BACKEND_IDS) {
      const folder = await openFolder(folderOf(backend), backend);
      opened.push(folder);
      subjects.push(await subjectOf(backend, folder.platform.parts));
    }
    return await measure(run, subjects);
  } finally {
    for (const folder of opened) await folder.close();
  }
}

async function subjectOf(backend: BackendId, parts: AppParts): Promise<Subject> {
  const stores = await parts.directory.all();
  const handles: string[] = [];
  for (const store of stores) {
    const { products } = await parts.backend.use(store, (database) => listProducts(database, { limit: 1 }));
    handles.push(products[0]?.handle ?? '');
  }
  return { backend, parts, stores, handles };
}

async function measure(run: BenchRun, subjects: readonly Subject[]): Promise<ResultRow[]> {
  const rounds = run.isQuick ? 2 : 9;
  const repeats = run.isQuick ? 10 : 50;
  const rows: ResultRow[] = [];
  for (const { name, unit, run: runOnce } of MEASURES) {
    run.log(`Measuring: ${name}`);
    const values = new Map<BackendId, number[]>(subjects.map(({ backend }) => [backend, []]));
    // Round -1 only warms up.
    for (let round = -1; round < rounds; round += 1)
      for (const subject of turnedBy(subjects, round + 1)) {
        const value = await runOnce(subject, repeats);
        if (round >= 0) values.get(subject.backend)?.push(value);
      }
    const first = values.get(FIRST) ?? [];
    for (const [backend, found] of values) rows.push({ ...versus(name, unit, found, first, FIRST), backend });
  }
  return rows;
}

async function readProduct({ parts, stores, handles }: Subject, index: number): Promise<void> {
  const at = index % stores.length;
  const found = await parts.backend.use(storeAt(stores, at), (database) => findProduct(database, handles[at] ?? ''));
  if (!found) throw new Error(`product ${handles[at]} is not there`);
}

async function readList({ parts, stores }: Subject, index: number): Promise<void> {
  const store = storeAt(stores, index % stores.length);
  const { products } = await parts.backend.use(store, (database) =>
    listProducts(database, { limit: PRODUCTS_PER_STORE }),
  );
  if (products.length !== PRODUCTS_PER_STORE) throw new Error(`${store.code} has ${products.length} products`);
}

async function writeOrder({ parts, stores }: Subject, index: number): Promise<void> {
  const item = (sku: string) => ({ variantId: null, title: sku, sku, quantity: 2, unitPriceMinor: 1250 });
  const order = {
    orderNumber: randomUUID(),
    customerId: null,
    email: 'shopper@example.com',
    status: 'paid',
    currency: 'EUR',
    placedAt: new Date(),
    items: [item('ONE'), item('TWO'), item('THREE')],
  };
  await parts.backend.use(storeAt(stores, index % stores.length), (database) =>
    database.transaction((inside) => addOrder(inside, order)),
  );
}

/** @param storeOf which store a writer writes to */
async function ordersPerSecond(
  subject: Subject,
  repeats: number,
  storeOf: (writer: number) => number,
): Promise<number> {
  const each = Math.ceil(repeats / 4);
  const startedAt = performance.now();
  const writers = Array.from({ length: WRITERS }, async (_unused, writer) => {
    for (let count = 0; count < each; count += 1) await writeOrder(subject, storeOf(writer));
  });
  await Promise.all(writers);
  return (WRITERS * each * 1000) / (performance.now() - startedAt);
}

async function meanMs(repeats: number, work: (index: number) => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  for (let index = 0; index < repeats; index += 1) await work(index);
  return (performance.now() - startedAt) / repeats;
}

function storeAt(stores: readonly StoreRef[], index: number): StoreRef {
  const store = stores[index];
  if (!store) throw new Error(`there is no store ${index + 1}`);
  return store;
}
