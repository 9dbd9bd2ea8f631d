import { lookup } from 'node:dns/promises';

const TIMEOUT_MS = 3000;

export interface LookedUp {
  readonly addresses: readonly string[];
  /** Why there is no address: not found, or no answer in time. */
  readonly failure: 'not_found' | 'timeout' | null;
  readonly ms: number;
}

/** Where the system's resolver leads a name: what every program gets that does nothing of its own. Never fails. */
export async function lookUp(name: string, timeoutMs: number = TIMEOUT_MS): Promise<LookedUp> {
  const startedAt = performance.now();
  const ms = () => Math.round(performance.now() - startedAt);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs);
  });
  try {
    const found = await Promise.race([lookup(name, { all: true, verbatim: true }), late]);
    if (found === null) return { addresses: [], failure: 'timeout', ms: ms() };
    const addresses = [...new Set(found.map(({ address }) => address))];
    return { addresses, failure: addresses.length === 0 ? 'not_found' : null, ms: ms() };
  } catch {
    return { addresses: [], failure: 'not_found', ms: ms() };
  } finally {
    clearTimeout(timer);
  }
}

/** Tells whether addresses all are of this machine. */
export function isLocal(addresses: readonly string[]): boolean {
  return addresses.length > 0 && addresses.every((address) => address.startsWith('127.') || address === '::1');
}
