import type { AppContext, AppMiddleware } from '../context.ts';
import { AppError } from '../errors.ts';

/** One thing that has to work; it throws when it does not. */
export interface HealthCheck {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

const HEALTH_PATH = /^\/(health(\/(live|ready))?|livez|readyz)$/;

/**
 * `/health/live` says only that the process answers; `/health/ready` runs every check; `/health` names them all.
 * Answered for every host, also an address: load balancers ask by address. `X-Orion-Boot` tells this run of the server from
 * any other program on the port.
 */
export function health(
  checks: readonly HealthCheck[],
  about: () => Readonly<Record<string, unknown>>,
  bootId: string,
): AppMiddleware {
  return async function healthMiddleware(ctx, next) {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    if (HEALTH_PATH.test(ctx.path)) ctx.set('X-Orion-Boot', bootId);
    switch (ctx.path) {
      case '/health/live':
      case '/livez':
        return answer(ctx, true, {});
      case '/health/ready':
      case '/readyz':
        return answerChecks(ctx, checks, {});
      case '/health':
        return answerChecks(ctx, checks, about());
      default:
        return next();
    }
  };
}

async function answerChecks(ctx: AppContext, checks: readonly HealthCheck[], about: object): Promise<void> {
  const results = await checkHealth(checks);
  const body = { ...about, checks: Object.fromEntries(results.map(({ name, ...result }) => [name, result])) };
  answer(
    ctx,
    results.every((result) => result.status === 'ok'),
    body,
  );
}

/** What came of a check. */
export interface HealthResult {
  readonly name: string;
  readonly status: 'ok' | 'failed';
  readonly ms: number;
  /** Why it failed, as far as everyone may know. */
  readonly error?: string;
}

/** Runs every check. Never fails: that is a result. */
export function checkHealth(checks: readonly HealthCheck[]): Promise<HealthResult[]> {
  return Promise.all(checks.map(runCheck));
}

async function runCheck(check: HealthCheck): Promise<HealthResult> {
  const startedAt = performance.now();
  const ms = () => Math.round((performance.now() - startedAt) * 100) / 100;
  try {
    await check.run();
    return { name: check.name, status: 'ok', ms: ms() };
  } catch (error) {
    return { name: check.name, status: 'failed', ms: ms(), error: publicMessage(error) };
  }
}

function answer(ctx: AppContext, isOk: boolean, body: object): void {
  ctx.status = isOk ? 200 : 503;
  ctx.set('Cache-Control', 'no-store');
  ctx.body = { status: isOk ? 'ok' : 'failed', ...body };
}

/** Anyone may ask for the health: only what may be shown is. */
function publicMessage(error: unknown): string {
  return error instanceof AppError ? error.message : 'It does not work; the log says why.';
}
