import type { AnyTableDefinition } from '../database/model.ts';

/** One part of what a platform offers. Source of the tiers: platform architecture, "Modules". */
export interface PlatformModule {
  readonly name: string;
  /** `core` is always on, `internal` is for those who run the platform. */
  readonly tier: 'core' | 'optional' | 'internal';
  /** Tables in each store, in the order they are made: a table stands after those it refers to. */
  readonly tables: readonly AnyTableDefinition[];
}
