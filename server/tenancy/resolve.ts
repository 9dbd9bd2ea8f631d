/**
 * Which store is it, and why: one pure function over a look-up. The middleware, the console's what-if box
 * and `orion why` all call {@link resolveRequest}, so they cannot disagree.
 *
 * Security: a name is matched at a dot and as a whole, never by its ending; no rule falls back to another
 * store; a header never overrides the host.
 */
import { isBelow } from './areas.ts';
import { type Decision, isSafe, refused, storeNotFound } from './decision.ts';
import { Ladder } from './ladder.ts';
import { type ParsedHost, parseHost } from './parse-host.ts';
import { parsePath } from './parse-path.ts';
import type { Area, Resolution, Rung, StoreLookup } from './resolution.ts';
import { adminRule, checkedAgainstHeader, customDomainRule, headerRule, pathRule, subdomainRule } from './rules.ts';

export interface ResolverSettings {
  /** `localhost`, or the platform's real domain. */
  readonly platformDomain: string;
  /** Whether stores answer below `/storefront/{code}` of the platform host. */
  readonly pathRouting: boolean;
}

export interface ResolverInput {
  readonly method: string;
  /** The Host header as received. */
  readonly host: string | undefined;
  /** The path as received, without query. */
  readonly path: string;
  /** With its `?`, or empty. */
  readonly search?: string;
  /** The `X-Store-ID` header. */
  readonly storeHeader?: string | undefined;
  /** `http` or `https`, for redirects to another host. */
  readonly scheme?: string;
}

/** Decides which store, area and path a request is for, and records what each rule saw. */
export async function resolveRequest(
  input: ResolverInput,
  lookup: StoreLookup,
  settings: ResolverSettings,
): Promise<Resolution> {
  const ladder = new Ladder(input);
  const parsedHost = parseHost(input.host, settings.platformDomain);
  const parsedPath = parsePath(input.path);
  const host = parsedHost.ok ? parsedHost.host : null;
  const finish = (decision: Decision) => complete(input, host, ladder.finish(), decision);

  if (!parsedHost.ok) return finish(refused({ status: 400, code: parsedHost.code, message: parsedHost.message }));
  if (!parsedPath.ok) return finish(refused({ status: 400, code: parsedPath.code, message: parsedPath.message }));
  const { collapsed } = parsedPath;
  if (collapsed === input.path) return finish(await applyRules(parsedHost.host, input, lookup, settings, ladder));
  if (!isSafe(input.method)) {
    const message = `The path has an empty segment ("//"). Ask for ${collapsed} instead.`;
    return finish(refused({ status: 400, code: 'path_empty_segment', message }));
  }
  // Whom the request is for is settled first: a host that is refused is not redirected either.
  const decision = await applyRules(parsedHost.host, { ...input, path: collapsed }, lookup, settings, ladder);
  return finish(decision.refusal?.status === 421 ? decision : { redirectTo: collapsed + (input.search ?? '') });
}

async function applyRules(
  host: ParsedHost,
  input: ResolverInput,
  lookup: StoreLookup,
  settings: ResolverSettings,
  ladder: Ladder,
): Promise<Decision> {
  const admin = adminRule(host, input, ladder);
  if (admin) return admin;
  if (host.kind === 'ip') {
    ladder.noMatch('custom_domain', host.hostname, 'an address is not a domain');
    return refused({
      status: 421,
      code: 'host_is_address',
      message: `This server answers to names, not to the address ${host.hostname}. Open http://${settings.platformDomain}/ instead.`,
    });
  }
  const own =
    (await customDomainRule(host, input, lookup, ladder)) ?? (await subdomainRule(host, input, lookup, ladder));
  if (own) return own.store ? checkedAgainstHeader(own, input, ladder) : own;
  if (host.kind === 'foreign') {
    return refused({
      status: 421,
      code: 'host_unknown',
      message: `This server does not answer for ${host.hostname}. Add it to a store as a custom domain, or use a name below ${settings.platformDomain}.`,
    });
  }
  if (host.kind !== 'platform') {
    return refused(storeNotFound(host.label || host.hostname, `No store has the address ${host.hostname}.`));
  }
  const byPath = await pathRule(input, lookup, settings, ladder);
  if (byPath) return byPath.store ? checkedAgainstHeader(byPath, input, ladder) : byPath;
  return (await headerRule(input, lookup, ladder)) ?? landing(input.path);
}

function landing(path: string): Decision {
  return { outcome: 'landing', area: isBelow(path, '/api') ? 'api' : 'platform' };
}

function complete(
  input: ResolverInput,
  host: ParsedHost | null,
  ladder: readonly Rung[],
  decision: Decision,
): Resolution {
  return Object.freeze({
    outcome: decision.outcome ?? 'landing',
    area: decision.area ?? defaultArea(input.path),
    mode: decision.mode ?? null,
    store: decision.store ?? null,
    refusal: decision.refusal ?? null,
    hostname: host?.hostname ?? '',
    hostKind: host?.kind ?? null,
    port: host?.port ?? null,
    originalPath: input.path,
    cleanPath: decision.cleanPath ?? input.path,
    basePath: decision.basePath ?? '',
    redirectTo: isSafe(input.method) ? (decision.redirectTo ?? null) : null,
    ladder,
    hint: decision.hint ?? null,
  });
}

function defaultArea(path: string): Area {
  return isBelow(path, '/api') ? 'api' : 'platform';
}
