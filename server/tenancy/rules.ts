/** The five rules of resolution, one function each. Each records its rung and answers, or leaves it to the next. */
import { isBelow, parseOwnHostPath, parseStorePath, type StorePath } from './areas.ts';
import { type Decision, isSafe, refused, storeNotFound } from './decision.ts';
import type { Ladder } from './ladder.ts';
import type { ParsedHost } from './parse-host.ts';
import type { Found, RoutingMode, StoreLookup, StoreSummary } from './resolution.ts';
import type { ResolverInput, ResolverSettings } from './resolve.ts';
import { normalizeStoreCode, PUBLIC_ID_PATTERN, RESERVED_CODES, STORE_CODE_PATTERN } from './store-code.ts';

/** Rule 1: the console. No store is looked for. */
export function adminRule(host: ParsedHost, input: ResolverInput, ladder: Ladder): Decision | null {
  const seen = `${host.hostname} ${input.path}`;
  if (host.kind === 'admin') {
    ladder.matched('admin', seen, `${host.hostname} is the console: no store is looked for`);
    return { outcome: 'admin', area: isBelow(input.path, '/api') ? 'api' : 'admin' };
  }
  if (host.kind === 'platform' && isBelow(input.path, '/admin')) {
    ladder.matched('admin', seen, '/admin on the platform host is the console: no store is looked for');
    return { outcome: 'admin', area: 'admin' };
  }
  ladder.noMatch('admin', seen, 'neither the admin host nor /admin on the platform host');
  return null;
}

/** Rule 2: exact match in `store_domains`; only active and verified domains lead anywhere. */
export async function customDomainRule(
  host: ParsedHost,
  input: ResolverInput,
  lookup: StoreLookup,
  ladder: Ladder,
): Promise<Decision | null> {
  if (host.kind !== 'foreign' && host.kind !== 'nested') {
    ladder.noMatch(
      'custom_domain',
      host.hostname,
      host.kind === 'platform' ? 'this is the platform itself' : 'a name directly below the platform is a subdomain',
    );
    return null;
  }
  const found = await ladder.lookup(() => lookup.byDomain(host.hostname));
  const match = found.value;
  if (!match) {
    ladder.noMatch('custom_domain', host.hostname, 'no store has this domain', found);
    return null;
  }
  const missing = match.isVerified ? (match.isActive ? null : 'domain_inactive') : 'domain_unverified';
  if (missing) {
    const step =
      missing === 'domain_unverified'
        ? 'its ownership is not verified yet: the TXT record _orion-verify is missing'
        : 'it is switched off';
    ladder.refused('custom_domain', host.hostname, `the domain belongs to ${match.store.code}, but ${step}`, found);
    return refused({ status: 421, code: missing, message: `${host.hostname} is known, but ${step}.` });
  }
  ladder.matched('custom_domain', host.hostname, `${host.hostname} is a domain of ${match.store.code}`, found);
  const twin = match.primaryDomain !== null && isWwwTwin(host.hostname, match.primaryDomain);
  const redirectTo = twin
    ? `${input.scheme ?? 'http'}://${match.primaryDomain}${host.port === null ? '' : `:${host.port}`}${input.path}${input.search ?? ''}`
    : null;
  return { ...onOwnHost(match.store, 'custom_domain', input.path), redirectTo };
}

/** Rule 3: exactly one label before the platform's domain. */
export async function subdomainRule(
  host: ParsedHost,
  input: ResolverInput,
  lookup: StoreLookup,
  ladder: Ladder,
): Promise<Decision | null> {
  if (host.kind !== 'subdomain') {
    ladder.noMatch(
      'subdomain',
      host.hostname,
      host.kind === 'nested'
        ? 'more than one label before the platform domain'
        : 'not a name below the platform domain',
    );
    return null;
  }
  if (RESERVED_CODES.has(host.label)) {
    ladder.noMatch('subdomain', host.label, `"${host.label}" is reserved and never a store`);
    return null;
  }
  const found = await ladder.lookup(() => lookup.bySubdomain(host.label));
  if (!found.value) {
    ladder.noMatch('subdomain', host.label, 'no store has this subdomain', found);
    return null;
  }
  ladder.matched('subdomain', host.label, `"${host.label}" is the subdomain of ${found.value.code}`, found);
  return onOwnHost(found.value, 'subdomain', input.path);
}

/** Rule 4: a path of the platform host that names a store. */
export async function pathRule(
  input: ResolverInput,
  lookup: StoreLookup,
  settings: ResolverSettings,
  ladder: Ladder,
): Promise<Decision | null> {
  const path = parseStorePath(input.path);
  if (!path) {
    ladder.noMatch('path', input.path, 'none of /storefront/{code}, /stores/{code}/shop, /store/{code}');
    return null;
  }
  const code = normalizeStoreCode(decodeURIComponent(path.code));
  if (!settings.pathRouting) {
    ladder.refused('path', input.path, 'routing by path is switched off (--path-routing)');
    return refused(storeNotFound(code, 'Stores do not answer below a path here.'));
  }
  if (RESERVED_CODES.has(code)) {
    ladder.noMatch(
      'path',
      input.path,
      `"${code}" is reserved and never a store: on the platform host the segment after /${path.area === 'store' ? 'store' : 'storefront'} is a store's code`,
    );
    return refused(
      storeNotFound(
        code,
        `"${code}" is a page's name, not a store's. On the platform host the store's code comes first: /storefront/{code}/${code}.`,
      ),
    );
  }
  if (!STORE_CODE_PATTERN.test(code)) {
    ladder.noMatch('path', input.path, 'what stands in the place of the code cannot be one');
    return refused(storeNotFound(shortened(code), `"${shortened(code)}" cannot be a store's code.`));
  }
  const found = await ladder.lookup(() => lookup.byCode(code));
  if (!found.value) {
    ladder.noMatch('path', input.path, `no store has the code "${code}"`, found);
    return refused(storeNotFound(code, `No store has the code "${code}".`));
  }
  ladder.matched(
    'path',
    input.path,
    `"${path.code}" in the path is the code of ${found.value.code}${path.isAlias ? '; the canonical form is /storefront/{code}' : ''}`,
    found,
  );
  return onPlatformPath(found.value, path, input);
}

function onPlatformPath(store: StoreSummary, path: StorePath, input: ResolverInput): Decision {
  const misspelt = path.code !== store.code && isSafe(input.method);
  const basePath = `${path.prefix}/${store.code}`;
  return {
    outcome: 'store',
    area: path.area,
    mode: 'path_based',
    store,
    cleanPath: path.cleanPath,
    basePath,
    redirectTo: misspelt ? basePath + (path.rest === '/' ? '' : path.rest) + (input.search ?? '') : null,
    hint: hintFor(path),
  };
}

/** An older document used `/store/{code}/` for the storefront. Source: features.md 1h C1. */
function hintFor(path: StorePath): string | null {
  if (path.area !== 'store' || !/^\/(products|shop|cart|collections)\b/.test(path.cleanPath)) return null;
  return `/store/{code} is the dashboard; the storefront's page is /storefront/${path.code}${path.cleanPath}`;
}

/** Rule 5: `X-Store-ID` on `/api/*` of the platform host; permissions then ask for membership. */
export async function headerRule(input: ResolverInput, lookup: StoreLookup, ladder: Ladder): Promise<Decision | null> {
  const header = input.storeHeader?.trim();
  if (!header) {
    ladder.noMatch('header', '', 'no X-Store-ID header');
    return null;
  }
  if (!isBelow(input.path, '/api')) {
    ladder.noMatch('header', shortened(header), 'X-Store-ID counts only on /api of the platform host');
    return null;
  }
  if (!PUBLIC_ID_PATTERN.test(header) && !STORE_CODE_PATTERN.test(normalizeStoreCode(header))) {
    ladder.noMatch('header', shortened(header), 'neither an id such as store_1 nor a store code');
    return refused(storeNotFound(shortened(header), "X-Store-ID takes an id such as store_1, or a store's code."));
  }
  const found = await ladder.lookup(() => byHeader(header, lookup));
  if (!found.value) {
    ladder.noMatch('header', header, 'no store has this id', found);
    return refused(
      storeNotFound(
        header,
        `No store has the id "${header}". X-Store-ID takes an id such as store_1, or a store's code.`,
      ),
    );
  }
  ladder.matched('header', header, `X-Store-ID names ${found.value.code}; the caller must be a member of it`, found);
  return active({ outcome: 'store', area: 'api', mode: 'header', store: found.value });
}

function byHeader(header: string, lookup: StoreLookup): Promise<Found<StoreSummary | null>> {
  return PUBLIC_ID_PATTERN.test(header) ? lookup.byPublicId(header) : lookup.byCode(normalizeStoreCode(header));
}

/** A header that names another store than the host is refused, whatever the rest of the request says. */
export function checkedAgainstHeader(decision: Decision, input: ResolverInput, ladder: Ladder): Decision {
  const header = input.storeHeader?.trim();
  const store = decision.store;
  if (!store) return decision;
  if (!header) return active(decision);
  if (header === store.publicId || normalizeStoreCode(header) === store.code) {
    ladder.notReached('header', header, 'an earlier rule won; the header names the same store');
    return active(decision);
  }
  ladder.refused('header', shortened(header), `the request is for ${store.code}, the header names another store`);
  return refused({
    status: 400,
    code: 'tenant_mismatch',
    message: `The request's address belongs to ${store.code} (${store.publicId}), but X-Store-ID is "${shortened(header)}". Leave the header out, or send the request to the other store's address.`,
  });
}

function onOwnHost(store: StoreSummary, mode: RoutingMode, path: string): Decision {
  return { outcome: 'store', mode, store, ...parseOwnHostPath(path) };
}

function active(decision: Decision): Decision {
  if (!decision.store || decision.store.isActive) return decision;
  return {
    ...refused({ status: 503, code: 'store_inactive', message: `${decision.store.name} is closed at the moment.` }),
    store: decision.store,
    mode: decision.mode ?? null,
    ...(decision.area ? { area: decision.area } : {}),
  };
}

/** Enough of a text to recognise it; what clients send is repeated in answers and traces. */
function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function isWwwTwin(hostname: string, primary: string): boolean {
  return hostname === `www.${primary}` || primary === `www.${hostname}`;
}
