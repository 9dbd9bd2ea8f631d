import { parseHost } from './parse-host.ts';
import type { StoreLookup } from './resolution.ts';

/** Whose a host name is; `store` is null for the platform's own names. */
export interface NameOwner {
  readonly store: string | null;
}

/**
 * Whose a host name is, or null when this platform knows nothing of it: the platform, the console, a store's subdomain, or
 * a custom domain, verified or not.
 */
export async function nameOwner(name: string, lookup: StoreLookup, platformDomain: string): Promise<NameOwner | null> {
  const parsed = parseHost(name, platformDomain);
  if (!parsed.ok) return null;
  const { kind, hostname, label } = parsed.host;
  switch (kind) {
    case 'platform':
    case 'admin':
      return { store: null };
    case 'subdomain': {
      const { value } = await lookup.bySubdomain(label);
      return value && { store: value.code };
    }
    case 'nested':
    case 'foreign': {
      const { value } = await lookup.byDomain(hostname);
      return value && { store: value.store.code };
    }
    case 'ip':
      return null;
  }
}
