import { z } from 'zod';

/** One thing that is wrong with an input; `field` is the path of the value, such as `domains[0]`. */
export const fault = z.object({ field: z.string(), message: z.string() });
export type Fault = Readonly<z.infer<typeof fault>>;

/** How every refusal is answered, as `application/problem+json`. Source: RFC 9457. */
export const problem = z
  .looseObject({
    type: z.string(),
    /** The kind of refusal, the same for every problem of one status. */
    title: z.string(),
    status: z.int(),
    /** What programs compare, such as `version_conflict`. */
    code: z.string(),
    /** What was wrong and what to do, for people. */
    detail: z.string(),
    instance: z.string(),
    /** Finds the request in the console and in the log. */
    requestId: z.string(),
    errors: z.array(fault).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = Readonly<z.infer<typeof problem>>;
