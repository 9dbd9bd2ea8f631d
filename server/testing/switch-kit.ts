import { onTestFinished } from 'vitest';
import { loadConfig } from '../config.ts';
import type { BackendId, SwitchStatus } from '../contract/backends.ts';
import type { OpenPlace, Place } from '../database/place.ts';
import { stores } from '../database/platform-tables.ts';
import { localSharedState } from '../database/shared-state.ts';
import type { StoreBackend, StoreRef } from '../database/store-database.ts';
import type { BackendSwitch } from '../database/switch/backend-switch.ts';
import type { WriteGateOptions } from '../database/switchable/write-gate.ts';
import { addOrder, listOrders } from '../modules/orders/service.ts';
import { openDataFolder } from '../network/data-folder.ts';
import { createLogger } from '../observability/log.ts';
import { placeOpener } from '../open-place.ts';
import { type InForce, openSwitch, putInForce, type SwitchOptions } from '../open-switch.ts';
import { keepPlace, settleIsolation, settlePlace } from '../settle-place.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { backendFlags } from './test-platform.ts';

export interface SwitchKit extends InForce {
  readonly switches: BackendSwitch;
  readonly dataDir: string;
  readonly statuses: readonly SwitchStatus[];
  /** Ends everything, as a server does. */
  close(): Promise<void>;
}

export interface SwitchKitOptions {
  readonly backend: BackendId;
  readonly dataDir?: string;
  readonly limits?: Partial<WriteGateOptions>;
  readonly onPhase?: SwitchOptions['onPhase'];
  /** Changes backends that are opened as targets, so that they fail. */
  readonly wrap?: (backend: StoreBackend) => StoreBackend;
}

/** A platform without a server: what moves it, and what is moved. */
export async function openSwitchKit(options: SwitchKitOptions): Promise<SwitchKit> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const argv = ['--data-dir', dataDir, ...(await backendFlags(options.backend, dataDir))];
  const config = loadConfig({ argv, env: {}, cwd: dataDir });
  const log = createLogger({ level: 'silent', format: 'json' });
  const folder = await openDataFolder(dataDir);
  const openPlace = placeOpener({ config, folder, log });
  const place = await openPlace(await settlePlace(config, folder));
  const isolation = await settleIsolation(place, config, folder);
  const backend = place.openBackend(isolation);
  await backend.migrate();
  await keepPlace(place, isolation, folder);
  const wrapped = (opened: Place): Place => ({
    ...opened,
    openBackend: (wanted) => (options.wrap ?? ((same) => same))(opened.openBackend(wanted)),
  });
  const openWrapped: OpenPlace = async (address) => wrapped(await openPlace(address));
  const inForce = putInForce(wrapped(place), backend, options.limits);
  const statuses: SwitchStatus[] = [];
  const switches = openSwitch(inForce, {
    path: dataDir,
    log,
    openPlace: openWrapped,
    defaultDatabaseUrl: null,
    otherServers: () => (switches.place.shared ?? localSharedState()).processes.otherProcesses(),
    onStatus: (status) => statuses.push(status),
    onFlip: () => undefined,
    ...(options.onPhase ? { onPhase: options.onPhase } : {}),
  });
  await switches.recover();
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await switches.close();
    await inForce.backend.close();
    await switches.place.close();
    await folder.release();
  };
  onTestFinished(close);
  return { ...inForce, switches, dataDir, statuses, close };
}

/** Makes a store with nothing in it. */
export async function addStore({ platform, backend }: SwitchKit, code: string): Promise<StoreRef> {
  const now = new Date();
  const names = { code, subdomain: code, schemaName: code.replaceAll('-', '_'), name: code };
  await platform.table(stores).insert({
    ...names,
    isActive: true,
    state: 'ready',
    currency: 'EUR',
    locale: 'en',
    color: '#000000',
    version: 1,
    createdAt: now,
    updatedAt: now,
    metadata: {},
  });
  const record = await platform.table(stores).findOne({ where: { code } });
  if (!record) throw new Error(`store ${code} was not made`);
  await backend.create(record);
  return record;
}

/** Places an order; it is acknowledged when this returns. */
export async function placeOrder({ backend }: SwitchKit, store: StoreRef, orderNumber: string): Promise<void> {
  const items = [{ variantId: null, title: 'One', sku: 'ONE', quantity: 1, unitPriceMinor: 100 }];
  const order = {
    customerId: null,
    email: 'a@b.example',
    status: 'paid',
    currency: 'EUR',
    placedAt: new Date(),
    items,
  };
  await backend.use(store, (database) => database.transaction((inside) => addOrder(inside, { ...order, orderNumber })));
}

export async function orderNumbers({ backend }: SwitchKit, store: StoreRef): Promise<string[]> {
  const found = await backend.use(store, (database) => listOrders(database, 100_000));
  return found.map(({ orderNumber }) => orderNumber).sort();
}

/** Begins a move and waits until it has ended. */
export async function move({ switches }: SwitchKit, to: BackendId, databaseUrl?: string): Promise<SwitchStatus> {
  const { id } = await switches.start({ to, databaseUrl }, 'test');
  for (;;) {
    const ended = (await switches.history()).find((status) => status.id === id);
    if (ended && !switches.running) return ended;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
