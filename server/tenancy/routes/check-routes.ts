import type { Resolution as ShownResolution } from '../../contract/requests.ts';
import { resolution as resolutionShape } from '../../contract/requests.ts';
import type { RouteCheck, RouteCheckReport, RouteCheckResult } from '../../contract/routing.ts';
import { AppError } from '../../errors.ts';
import { explainUrl } from '../explain-url.ts';
import type { StoreLookup } from '../resolution.ts';
import type { ResolverSettings } from '../resolve.ts';

/** Asks the resolver where each URL leads and compares it with where it must. Nothing is sent. */
export async function checkRoutes(
  checks: readonly RouteCheck[],
  lookup: StoreLookup,
  settings: ResolverSettings,
): Promise<RouteCheckReport> {
  const startedAt = performance.now();
  const results: RouteCheckResult[] = [];
  for (const check of checks) results.push(await checkRoute(check, lookup, settings));
  const passed = results.filter(({ isAsExpected }) => isAsExpected).length;
  return { passed, failed: results.length - passed, results, durationMs: performance.now() - startedAt };
}

async function checkRoute(
  check: RouteCheck,
  lookup: StoreLookup,
  settings: ResolverSettings,
): Promise<RouteCheckResult> {
  try {
    const { url, method = 'GET', storeHeader } = check;
    const input = { url, method: method.toUpperCase(), ...(storeHeader ? { storeHeader } : {}) };
    // What an unknown code may have been meant to be is for people who type: a check names the store itself.
    const explained = { ...(await explainUrl(input, lookup, settings)), nearMatches: [] };
    const resolution = resolutionShape.parse(explained);
    const differences = differencesOf(check, resolution);
    return { check, isAsExpected: differences.length === 0, differences, resolution, fault: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { check, isAsExpected: false, differences: [], resolution: null, fault: error.message };
  }
}

/** Each thing that is not as it must be. What a check does not name is not looked at. */
function differencesOf(check: RouteCheck, resolution: ShownResolution): string[] {
  const store = resolution.outcome === 'store' ? (resolution.store?.code ?? null) : null;
  const found = {
    store,
    area: resolution.area,
    mode: resolution.mode,
    outcome: resolution.outcome,
    status: resolution.refusal?.status ?? null,
  };
  return (Object.keys(found) as (keyof typeof found)[]).flatMap((name) => {
    const expected = check[name];
    if (expected === undefined || expected === found[name]) return [];
    return [`${name}: expected ${expected ?? 'none'}, got ${found[name] ?? 'none'}`];
  });
}
