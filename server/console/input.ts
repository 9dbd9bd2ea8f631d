import { z } from 'zod';
import { type Fault, ValidationError } from '../errors.ts';

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

/** Reads a request's body. @throws {ValidationError} with every fault at once */
export function readInput<Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> {
  const result = shape.safeParse(body ?? {});
  if (result.success) return result.data;
  const faults: Fault[] = result.error.issues.map((issue) => ({
    field: issue.path.join('.') || 'body',
    message: issue.message,
  }));
  throw new ValidationError(
    `The request's body has faults: ${faults.map(({ field, message }) => `${field}: ${message}`).join('; ')}`,
    faults,
  );
}
