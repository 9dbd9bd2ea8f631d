import { z } from 'zod';
import { type Fault, ValidationError } from '../errors.ts';

const emptyIsNone = (value: string) => (value === '' ? undefined : value);
const filterText = z.string().max(200).transform(emptyIsNone).optional();
const filterOf = (...values: [string, ...string[]]) =>
  z
    .enum(['', ...values], { error: `must be one of ${values.join(', ')}` })
    .transform(emptyIsNone)
    .optional();

/** What the console's API takes. Strict: a misspelt key is a fault, not ignored. */
export const createStoreInput = z.strictObject({
  name: z.string(),
  code: z.string().optional(),
  currency: z.string().optional(),
  color: z.string().optional(),
  ownerEmail: z.string().optional(),
  ownerName: z.string().optional(),
  domains: z.array(z.string()).optional(),
  /** `empty`, or the code of a demo store whose goods are copied. */
  catalogue: z.string().default('empty'),
});

export const updateStoreInput = z.strictObject({ isActive: z.boolean() });

export const loadFixturesInput = z.strictObject({ codes: z.array(z.string()).min(1) });

/** The query of the list of requests; an empty value is no filter. */
export const listRequestsInput = z.strictObject({
  store: filterText,
  /** Text in method, host or path. */
  text: filterText,
  mode: filterOf('custom_domain', 'subdomain', 'path_based', 'header'),
  area: filterOf('admin', 'store', 'storefront', 'api', 'platform'),
  status: z
    .union([z.literal(''), z.string().regex(/^([1-5]xx|[1-5]\d\d)$/, 'must be a status such as 404 or 4xx')])
    .transform(emptyIsNone)
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** The sequence of the last request already seen. */
  before: z.coerce.number().int().min(0).optional(),
});

export const whyInput = z.strictObject({
  /** A whole URL, as typed into a browser. */
  url: z.string(),
  method: z
    .string()
    .regex(/^[A-Z]+$/)
    .default('GET'),
  /** Replaces the host of the URL. */
  host: z.string().optional(),
  storeHeader: z.string().optional(),
});

/** Reads a request's body or query. @throws {ValidationError} with every fault at once */
export function readInput<Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> {
  const result = shape.safeParse(body ?? {});
  if (result.success) return result.data;
  const faults: Fault[] = result.error.issues.map((issue) => ({
    field: issue.path.join('.') || 'body',
    message: issue.message,
  }));
  throw new ValidationError(
    `The request has faults: ${faults.map(({ field, message }) => `${field}: ${message}`).join('; ')}`,
    faults,
  );
}
