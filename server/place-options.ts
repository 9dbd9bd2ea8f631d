import type { Config } from './config.ts';
import type { ScopeGuard } from './database/guard/scope-guard.ts';
import type { DataFolder } from './network/data-folder.ts';
import type { Logger } from './observability/log.ts';

/** What opening a place takes beside its address. */
export interface PlaceOptions {
  readonly config: Config;
  readonly folder: DataFolder;
  readonly log: Logger;
  /** Judges every statement on the stores' data. */
  readonly guard?: ScopeGuard;
}
