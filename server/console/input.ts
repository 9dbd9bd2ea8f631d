import type { z } from 'zod';
import { type Fault, ValidationError } from '../errors.ts';

/** Reads a request's body or query. @throws {ValidationError} with every fault at once */
export function readInput<Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> {
  const result = shape.safeParse(body ?? {});
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap(faultsOf);
  throw new ValidationError(
    `The request has faults: ${faults.map(({ field, message }) => `${field}: ${message}`).join('; ')}`,
    faults,
  );
}

/** A misspelt member is named like any other field; what concerns the whole is a fault of the `body`. */
function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: fieldOf([...issue.path, key]), message: 'is not known here' }));
  return [{ field: fieldOf(issue.path) || 'body', message: issue.message }];
}

/** `domains[0]`, `logo.data`. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');
}
