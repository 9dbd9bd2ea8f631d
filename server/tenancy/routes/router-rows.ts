import type { RouteRow } from '../../contract/routing.ts';
import { origin } from '../origin.ts';
import type { Area } from '../resolution.ts';
import type { ClaimSettings } from './claims.ts';

/** A page or an endpoint of a router, in the order in which it is tried. */
export interface RoutePattern {
  /** The router, as `storefront`. */
  readonly owner: string;
  readonly area: Area;
  readonly methods: readonly string[];
  /** As the router has it, with `:names`; below the area's clean path. */
  readonly path: string;
  readonly matches: (path: string) => boolean;
}

/** The pages of every router, those marked that an earlier one of the same area answers for. */
export function routerRows(
  patterns: readonly RoutePattern[],
  settings: ClaimSettings,
  storeHost: string | null,
): RouteRow[] {
  return patterns.map((pattern, index) => {
    const rival = patterns.slice(0, index).find((earlier) => answersFor(earlier, pattern));
    return {
      id: idOf(pattern),
      rule: 'router',
      host: hostOf(pattern.area, settings.platformDomain),
      path: shownPath(pattern),
      methods: [...pattern.methods],
      store: null,
      area: pattern.area,
      mode: null,
      owner: pattern.owner,
      example: exampleOf(pattern, settings, storeHost),
      ...(rival ? shadowedBy(rival, pattern) : { state: 'active', reason: null, related: [] }),
    };
  });
}

function answersFor(earlier: RoutePattern, later: RoutePattern): boolean {
  return (
    earlier.area === later.area &&
    earlier.methods.some((method) => later.methods.includes(method)) &&
    earlier.matches(samplePath(later.path))
  );
}

function shadowedBy(rival: RoutePattern, pattern: RoutePattern): Pick<RouteRow, 'state' | 'reason' | 'related'> {
  const isSame = pattern.matches(samplePath(rival.path));
  return {
    state: isSame ? 'collision' : 'shadowed',
    reason: isSame
      ? `${rival.owner} has the same pattern and comes first.`
      : `${rival.path} of ${rival.owner} comes first and matches it too.`,
    related: [idOf(rival)],
  };
}

function idOf({ owner, methods, path }: RoutePattern): string {
  return `${owner}:${methods.join(',')}:${path}`;
}

/** A path that the pattern matches and that looks like no word of another pattern. */
function samplePath(path: string): string {
  return path.replace(/[:*]\w+/g, 'sample-of-a-name') || '/';
}

/** On a store's host the storefront's pages have no prefix, and the dashboard's begin with `/admin`. */
function shownPath({ area, path }: RoutePattern): string {
  if (area === 'storefront') return path.replace(/^\/storefront(?=\/|$)/, '') || '/';
  return area === 'store' ? `/admin${path === '/' ? '/' : path}` : path;
}

function hostOf(area: Area, platformDomain: string): string {
  if (area === 'admin') return `admin.${platformDomain}`;
  return area === 'platform' ? platformDomain : 'every store';
}

/** Only of pages without a name in them: what a name would have to be is not known here. */
function exampleOf(pattern: RoutePattern, { scheme, port, platformDomain }: ClaimSettings, storeHost: string | null) {
  if (!pattern.methods.includes('GET') || /[:*]/.test(pattern.path)) return null;
  const host =
    pattern.area === 'admin' || pattern.area === 'platform' ? hostOf(pattern.area, platformDomain) : storeHost;
  return host === null ? null : `${origin(scheme, host, port)}${shownPath(pattern)}`;
}
