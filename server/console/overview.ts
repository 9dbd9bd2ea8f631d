import type { Overview } from '../contract/server.ts';
import type { StoreTraffic } from '../contract/stores.ts';
import { checkHealth, type HealthCheck } from '../observability/health.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import type { Traffic } from '../observability/traffic.ts';
import type { StoreSummary } from '../tenancy/resolution.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import { type PlatformSettings, readChecklist } from './checklist.ts';
import { type ServerInfoParts, serverInfo } from './server-info.ts';

export interface OverviewParts extends ServerInfoParts {
  readonly healthChecks: readonly HealthCheck[];
  readonly stores: StoreService;
  readonly traffic: Traffic;
  readonly recorder: RequestRecorder;
  readonly settings: PlatformSettings;
}

/** Everything the first screen shows of the platform as a whole. */
export async function overviewOf(parts: OverviewParts, port: number): Promise<Overview> {
  const [health, stores, deleted, checklist] = await Promise.all([
    checkHealth(parts.healthChecks),
    parts.stores.list(),
    parts.stores.listDeleted(),
    readChecklist(parts.settings),
  ]);
  return {
    server: serverInfo(parts, port),
    health: health.map(({ name, status, ms, error }) => ({
      name,
      isHealthy: status === 'ok',
      message: error ?? `Answered in ${ms} ms`,
    })),
    stores: {
      total: stores.length,
      active: stores.filter((store) => store.isActive).length,
      deleted: deleted.length,
    },
    traffic: trafficOf(parts, stores),
    checklist,
  };
}

/** Stores are counted by their id, so that one who took over a deleted store's code does not take over its figures. */
function trafficOf(
  { traffic, recorder }: Pick<OverviewParts, 'traffic' | 'recorder'>,
  stores: readonly StoreSummary[],
): StoreTraffic[] {
  const codes = new Map(stores.map((store) => [store.id, store.code]));
  return traffic
    .list((summary) => recorder.isKept(summary.sequence))
    .flatMap(({ storeId, ...counts }): StoreTraffic[] => {
      if (storeId === null) return [{ code: null, ...counts }];
      const code = codes.get(storeId);
      return code === undefined ? [] : [{ code, ...counts }];
    });
}
