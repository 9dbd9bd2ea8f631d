import type { z } from 'zod';

/** One operation of the console's API. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `{name}` for parameters. */
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201 | 204;
  readonly response: z.ZodType;
  /** Statuses of problems beside 401, 403 and 500, which every operation has. */
  readonly problems?: readonly number[];
}

/** Keeps an operation's own shape while it is checked to be one. */
export const operation = <const Shape extends Operation>(shape: Shape): Shape => shape;
