/**
 * The console's API, one entry an operation. The server's routes, `/api/openapi.json` and the renderer's client
 * all come from this table.
 */
import type { z } from 'zod';
import { backendOperations } from './operations/backend-operations.ts';
import { domainOperations } from './operations/domain-operations.ts';
import { nameOperations } from './operations/name-operations.ts';
import { platformOperations } from './operations/platform-operations.ts';
import { requestOperations } from './operations/request-operations.ts';
import { storeOperations } from './operations/store-operations.ts';

export type { Operation } from './operations/operation.ts';

export const operations = {
  ...platformOperations,
  ...storeOperations,
  ...backendOperations,
  ...requestOperations,
  ...nameOperations,
  ...domainOperations,
} as const;

export type OperationName = keyof typeof operations;
type Of<Name extends OperationName> = (typeof operations)[Name];

/** Names in braces of a path, as `code` in `/api/stores/{code}`. */
type Parameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Parameters<Rest>
  : never;

/** What a caller gives. */
export type OperationInput<Name extends OperationName> = ([Parameters<Of<Name>['path']>] extends [never]
  ? { readonly params?: never }
  : { readonly params: Readonly<Record<Parameters<Of<Name>['path']>, string>> }) &
  (Of<Name> extends { readonly query: infer Query extends z.ZodType }
    ? { readonly query?: z.input<Query> }
    : { readonly query?: never }) &
  (Of<Name> extends { readonly body: infer Body extends z.ZodType }
    ? { readonly body: z.input<Body> }
    : { readonly body?: never });

/** What a caller gets. */
export type OperationOutput<Name extends OperationName> = z.output<Of<Name>['response']>;
