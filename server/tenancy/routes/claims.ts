/**
 * What stores and the platform lay claim to: a host or a path, and where it must lead. Claims are written down here;
 * whether they hold is asked of the resolver itself (judge-claim.ts), so the table cannot disagree with real requests.
 */
import type { RouteRow } from '../../contract/routing.ts';
import { origin } from '../origin.ts';
import type { StoreSummary } from '../resolution.ts';
import type { ResolverSettings } from '../resolve.ts';
import { RESERVED_CODES } from '../store-code.ts';

/** A row before anybody has looked whether it holds. */
export type Claim = Omit<RouteRow, 'state' | 'reason' | 'related'>;

/** A store with its own domains. */
export interface ClaimingStore {
  readonly store: StoreSummary;
  readonly domains: readonly { readonly domain: string }[];
}

export interface ClaimSettings extends ResolverSettings {
  readonly scheme: string;
  readonly port: number | null;
}

type Place = Pick<Claim, 'area' | 'owner'> & { readonly path: string };

const ANY: readonly string[] = ['any'];
/** What answers on a store's own host. Source: `parseOwnHostPath`. */
const OWN_HOST: readonly Place[] = [
  { path: '/*', area: 'storefront', owner: 'storefront' },
  { path: '/admin/*', area: 'store', owner: 'dashboard' },
  { path: '/api/*', area: 'api', owner: 'store-api' },
];

/** The platform's own hosts and paths. */
export function platformClaims({ platformDomain, scheme, port }: ClaimSettings): Claim[] {
  const own = { rule: 'admin', methods: [...ANY], store: null, mode: null } as const;
  const at = (host: string, path: string) => `${origin(scheme, host, port)}${path}`;
  const admin = `admin.${platformDomain}`;
  const reserved = [...RESERVED_CODES].filter((label) => label !== 'admin');
  return [
    { ...own, id: 'console', host: admin, path: '/*', area: 'admin', owner: 'console', example: at(admin, '/') },
    {
      ...own,
      id: 'console-api',
      host: admin,
      path: '/api/*',
      area: 'api',
      owner: 'console',
      example: at(admin, '/api/server'),
    },
    {
      ...own,
      id: 'old-door',
      host: platformDomain,
      path: '/admin/*',
      area: 'admin',
      owner: 'console',
      example: at(platformDomain, '/admin/'),
    },
    {
      ...own,
      id: 'landing',
      rule: 'header',
      host: platformDomain,
      path: '/*',
      area: 'platform',
      owner: 'landing page',
      example: at(platformDomain, '/'),
    },
    {
      ...own,
      id: 'platform-api',
      rule: 'header',
      host: platformDomain,
      path: '/api/*',
      area: 'api',
      owner: 'platform-api',
      example: at(platformDomain, '/api/v1/stores'),
    },
    ...reserved.map(
      (label): Claim => ({
        ...own,
        id: `reserved:${label}`,
        rule: 'subdomain',
        host: `${label}.${platformDomain}`,
        path: '/*',
        area: null,
        owner: 'reserved',
        example: at(`${label}.${platformDomain}`, '/'),
      }),
    ),
  ];
}

/** Everything that leads to one store. */
export function storeClaims({ store, domains }: ClaimingStore, settings: ClaimSettings): Claim[] {
  const hosts = [
    { host: `${store.subdomain}.${settings.platformDomain}`, rule: 'subdomain', mode: 'subdomain' } as const,
    ...domains.map(({ domain }) => ({ host: domain, rule: 'custom_domain', mode: 'custom_domain' }) as const),
  ];
  const shown = { code: store.code, name: store.name, color: store.color };
  const onHosts = hosts.flatMap(({ host, rule, mode }) =>
    OWN_HOST.map(
      ({ path, area, owner }): Claim => ({
        id: `${store.code}:${host}${path}`,
        rule,
        host,
        path,
        methods: [...ANY],
        store: shown,
        area,
        mode,
        owner,
        example: `${origin(settings.scheme, host, settings.port)}${path.slice(0, -1)}`,
      }),
    ),
  );
  return [...onHosts, ...pathClaims(store, settings)];
}

function pathClaims(store: StoreSummary, { platformDomain, scheme, port }: ClaimSettings): Claim[] {
  const shown = { code: store.code, name: store.name, color: store.color };
  const paths: readonly Place[] = [
    { path: `/storefront/${store.code}/*`, area: 'storefront', owner: 'storefront' },
    { path: `/stores/${store.code}/shop/*`, area: 'storefront', owner: 'storefront' },
    { path: `/stores/${store.code}/storefront/*`, area: 'storefront', owner: 'storefront' },
    { path: `/store/${store.code}/*`, area: 'store', owner: 'dashboard' },
  ];
  return paths.map(({ path, area, owner }) => ({
    id: `${store.code}:${platformDomain}${path}`,
    rule: 'path',
    host: platformDomain,
    path,
    methods: [...ANY],
    store: shown,
    area,
    mode: 'path_based',
    owner,
    example: `${origin(scheme, platformDomain, port)}${path.slice(0, -1)}`,
  }));
}
