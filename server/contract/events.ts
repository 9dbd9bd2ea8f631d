/**
 * `GET /api/events`: server-sent events. Each has an id `{bootId}.{number}`; a client that comes back names the
 * last one it saw in `Last-Event-ID` and gets what it missed, or `reset` when that is not kept any more or the
 * server was started anew. Source: HTML standard, "Server-sent events".
 */
import { z } from 'zod';
import { switchStatus } from './backends.ts';
import { requestSummary } from './requests.ts';
import { stepReport } from './stores.ts';

export const eventPayloads = {
  /** First on every connection: who answers. */
  hello: z.object({ bootId: z.string(), version: z.string() }),
  /** What was shown before may be stale: read everything again. */
  reset: z.object({ bootId: z.string() }),
  /** Finished requests, oldest first; collected for some milliseconds so that a busy server sends few events. */
  requests: z.array(requestSummary),
  /** A store was made, changed, deleted or brought back. */
  store: z.object({ name: z.enum(['created', 'changed', 'deleted', 'restored']), id: z.int(), code: z.string() }),
  /** A step of a store that is being made. */
  provisioning: stepReport.extend({ code: z.string() }),
  /** How a move to another backend goes; at most some a second, and one at each end. */
  switch: switchStatus,
  /** Something that is read as a whole is not what it was: read it again. */
  changed: z.object({ what: z.enum(['hosts', 'domains', 'rehearsal', 'certificates', 'pac', 'inspector', 'filters']) }),
} as const;

export type EventName = keyof typeof eventPayloads;
export type EventPayload<Name extends EventName> = z.infer<(typeof eventPayloads)[Name]>;
/** One event with its name. */
export type ServerEvent = {
  [Name in EventName]: { readonly name: Name; readonly data: EventPayload<Name> };
}[EventName];
