import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import type { NameProbe } from '../contract/names.ts';
import { operations } from '../contract/operations.ts';
import { ValidationError } from '../errors.ts';
import type { HostsService } from '../network/hosts/hosts-service.ts';
import type { NameProber } from '../network/hosts/probe/name-prober.ts';
import { readInput } from './input.ts';

const MAX_PROBED = 200;

export interface HostsRouteParts {
  readonly hosts: HostsService;
  readonly prober: NameProber;
}

/** Adds the routes of the hosts file and of probing names to the console's API. */
export function hostsRoutes(router: Router<AppState>, { hosts, prober }: HostsRouteParts): void {
  router.get('/hosts', async (ctx) => {
    ctx.body = await hosts.state();
  });
  router.patch('/hosts', async (ctx) => {
    ctx.body = await hosts.changeSettings(readInput(operations.changeHosts.body, ctx.request.body));
  });
  router.post('/hosts/plan', async (ctx) => {
    ctx.body = await hosts.plan(readInput(operations.planHosts.body, ctx.request.body));
  });
  router.post('/hosts/apply', async (ctx) => {
    const input = readInput(operations.applyHosts.body, ctx.request.body);
    ctx.body = await hosts.apply(input, ctx.req.socket.localPort ?? 0);
  });
  router.post('/names/probe', async (ctx) => {
    const { names } = readInput(operations.probeNames.body, ctx.request.body);
    const probes = await probeNames({ hosts, prober }, names, ctx.req.socket.localPort ?? 0);
    ctx.body = { probes, checkedAt: Date.now() };
  });
}

/** Tries names of the platform: those that are named, else all, at most 200. @throws {ValidationError} for others */
async function probeNames(
  { hosts, prober }: HostsRouteParts,
  wished: readonly string[] | undefined,
  port: number,
): Promise<NameProbe[]> {
  const all = await hosts.names();
  if (wished === undefined) return prober.probe(all.slice(0, MAX_PROBED), port);
  const byName = new Map(all.map((name) => [name.name, name]));
  const faults = wished.flatMap((name, index) =>
    byName.has(name.toLowerCase())
      ? []
      : [{ field: `names[${index}]`, message: `${name} is not a name of this platform` }],
  );
  if (faults.length > 0) throw new ValidationError('Only names of this platform are tried.', faults);
  return prober.probe(
    wished.flatMap((name) => byName.get(name.toLowerCase()) ?? []),
    port,
  );
}
