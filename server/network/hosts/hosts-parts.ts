import type { Elevations } from '../elevation.ts';
import { systemHostsFile } from './location.ts';
import type { NameProber } from './probe/name-prober.ts';
import type { NamedDomain, NamedStore } from './wanted-entries.ts';
import type { WslFiles } from './wsl.ts';

/** What the hosts file is kept with. */
export interface HostsParts {
  /** The file; the system's, unless another was named. */
  readonly file: string;
  readonly dataDir: string;
  readonly platformDomain: string;
  readonly settings: HostsSettingsStore;
  /** Every store that is ready, in the order they were made. */
  readonly stores: () => Promise<readonly NamedStore[]>;
  /** Every domain of every store. */
  readonly domains: () => Promise<readonly NamedDomain[]>;
  readonly elevations: Elevations;
  readonly prober: NameProber;
  /** Tells consoles to read the state again. */
  readonly tellChanged: () => void;
  readonly log: { warn(details: object, message: string): void };
  readonly wsl?: WslFiles;
}

/** The platform's settings, in its database. */
export interface HostsSettingsStore {
  readSetting(name: string): Promise<unknown>;
  writeSetting(name: string, value: unknown): Promise<void>;
}

/** Whether administrator rights may be asked for: for the system's own file alone. */
export function canElevate(file: string): boolean {
  return file === systemHostsFile() || process.env['ORION_HOSTS_HELPER_TEST'] === '1';
}
