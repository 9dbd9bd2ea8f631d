import { assemble } from './assemble.ts';
import type { Config } from './config.ts';
import { createScopeGuard } from './database/guard/create-scope-guard.ts';
import type { PlatformDatabase } from './database/platform-database.ts';
import { localSharedState, MovableSharedState } from './database/shared-state.ts';
import type { BackendSwitch } from './database/switch/backend-switch.ts';
import { storeTables } from './modules/index.ts';
import type { DataFolder } from './network/data-folder.ts';
import type { Logger } from './observability/log.ts';
import { reportViolations } from './observability/scope-violations.ts';
import { placeOpener } from './open-place.ts';
import { putInForce } from './open-switch.ts';
import type { AppParts } from './parts.ts';
import { keepPlace, settleIsolation, settlePlace } from './settle-place.ts';
import { isAlone } from './tenancy/is-alone.ts';
import { startUpkeep } from './tenancy/store-upkeep.ts';

/** An opened platform: its parts, and how to close it. */
export interface Platform {
  readonly parts: AppParts;
  readonly database: PlatformDatabase;
  close(): Promise<void>;
}

/**
 * Opens the data of a platform and puts its parts together; nothing listens yet.
 * @throws {StartupError} when the data cannot be opened as configured
 */
export async function openPlatform(config: Config, folder: DataFolder, log: Logger): Promise<Platform> {
  const guard = await createScopeGuard({ tables: storeTables.map(({ table }) => table), mode: config.scopeGuard });
  const openPlace = placeOpener({ config, folder, log, guard });
  const place = await openPlace(await settlePlace(config, folder));
  try {
    const isolation = await settleIsolation(place, config, folder);
    await place.check(isolation);
    const backend = place.openBackend(isolation);
    await backend.migrate();
    await keepPlace(place, isolation, folder);
    const shared = new MovableSharedState(place.shared ?? localSharedState());
    const inForce = putInForce(place, backend);
    const parts = assemble({ config, folder, log, inForce, openPlace, guard, shared });
    const codeOf = async (id: number) => (await parts.directory.byPublicId(`store_${id}`)).value?.code;
    guard.onViolation(reportViolations({ log, metrics: parts.metrics, codeOf }));
    await recoverSwitch(parts.switches, log);
    await parts.inspector.load();
    const upkeep = await startUpkeep(parts.stores, log, () => isAlone(shared.processes));
    return {
      parts,
      database: inForce.platform,
      async close() {
        // What waits for a move to end would keep the upkeep from ending.
        await parts.switches.close();
        await upkeep.stop();
        await parts.rehearsal.close();
        await parts.inspector.close();
        await shared.processes.close();
        await inForce.backend.close();
        await parts.switches.place.close();
      },
    };
  } catch (error) {
    await place.close();
    throw error;
  }
}

async function recoverSwitch(switches: BackendSwitch, log: Logger): Promise<void> {
  const interrupted = await switches.recover();
  if (!interrupted) return;
  const { from, to } = interrupted;
  log.warn(
    { event: 'backend.switch', from, to },
    `the move from ${from} to ${to} was cut short; ${from} is in force. Start it again and it goes on.`,
  );
}
