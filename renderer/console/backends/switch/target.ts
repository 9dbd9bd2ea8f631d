/** Where a move can go: which of the five, and on which Postgres. */
import type { BackendId, BackendOverview, SwitchInput } from '../../../../server/contract/backends.ts';
import { factsOf } from '../backend-facts.ts';
import { faultOfUrl } from './database-url.ts';

/** `own`: the one in use, else the one this server runs; `embedded`: the one this server runs; `url`: another by its address. */
export type Server = 'own' | 'embedded' | 'url';

export interface Target {
  readonly to: BackendId | null;
  readonly server: Server;
  /** As typed; only used with `url`. Holds a password: kept in memory alone. */
  readonly databaseUrl: string;
}

export const NO_TARGET: Target = { to: null, server: 'own', databaseUrl: '' };

/** True when a backend can be moved to at all: the one in force only on another Postgres. */
export function canChoose(id: BackendId, current: BackendId): boolean {
  return id !== current || factsOf(id).engine === 'postgres';
}

/** What is chosen, with what cannot be corrected: the backend in force is moved to on another Postgres only. */
export function choose(target: Target, to: BackendId, current: BackendId): Target {
  return { ...target, to, server: to === current && target.server === 'own' ? 'url' : target.server };
}

/** What is still missing in a sentence, or null when the server may be asked for a plan. */
export function faultOfTarget({ to, server, databaseUrl }: Target): string | null {
  if (to === null) return 'Choose where the stores go.';
  return factsOf(to).engine === 'postgres' && server === 'url' ? faultOfUrl(databaseUrl) : null;
}

/** What the server is asked. */
export function inputOf({ to, server, databaseUrl }: Target): SwitchInput | null {
  if (to === null) return null;
  if (factsOf(to).engine !== 'postgres' || server === 'own') return { to };
  return { to, databaseUrl: server === 'embedded' ? 'embedded' : databaseUrl.trim() };
}

/** The Postgres that is taken when no address is given, in words. */
export function ownServerLabel({ kind, host, port }: BackendOverview['connection']): string {
  if (kind !== 'external') return 'The Postgres that this server runs';
  return `The Postgres in use${host === null ? '' : `, ${host}${port === null ? '' : `:${port}`}`}`;
}
