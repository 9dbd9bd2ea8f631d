import type { AppContext } from '../context.ts';

/** Who asks, for the audit log. */
export function actorOf(ctx: AppContext): string {
  return ctx.state.caller.kind === 'console' ? ctx.state.caller.actor : 'unknown';
}
