/** The names of the platform in the hosts file of this machine. */
import type { Config } from './config.ts';
import type { Elevations } from './network/elevation.ts';
import { HostsDesk } from './network/hosts/hosts-desk.ts';
import { HostsKeeper } from './network/hosts/hosts-keeper.ts';
import type { HostsParts } from './network/hosts/hosts-parts.ts';
import { HostsService } from './network/hosts/hosts-service.ts';
import { systemHostsFile } from './network/hosts/location.ts';
import { NameProber } from './network/hosts/probe/name-prober.ts';
import type { AppParts } from './parts.ts';
import type { StoreEvents } from './tenancy/store-events.ts';

export interface HostsInput extends Pick<AppParts, 'stores' | 'settings' | 'log' | 'events' | 'bootId'> {
  readonly config: Pick<Config, 'hostsFile' | 'platformDomain'>;
  readonly dataDir: string;
  readonly elevations: Elevations;
  readonly storeEvents: StoreEvents;
  /** Null while it does not listen for HTTPS. */
  readonly httpsPort: () => number | null;
}

/** What keeps the hosts file and tries names; nothing is touched yet. */
export function assembleHosts(input: HostsInput): Pick<AppParts, 'hosts' | 'hostsKeeper' | 'prober'> {
  const { config, dataDir, elevations, stores, settings, log, events, bootId, storeEvents, httpsPort } = input;
  const tellChanged = () => events.tellChanged('hosts');
  const prober = new NameProber({ bootId, httpsPort });
  const parts: HostsParts = {
    file: config.hostsFile ?? systemHostsFile(),
    dataDir,
    platformDomain: config.platformDomain,
    settings,
    stores: () => stores.records(),
    domains: () => stores.everyDomain(),
    elevations,
    prober,
    tellChanged,
    log,
  };
  const desk = new HostsDesk(parts);
  const hostsKeeper = new HostsKeeper({ ...parts, desk, subscribe: (listener) => storeEvents.subscribe(listener) });
  return { hosts: new HostsService(parts, desk, hostsKeeper), hostsKeeper, prober };
}
