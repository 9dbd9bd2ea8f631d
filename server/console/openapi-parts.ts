import { z } from 'zod';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import { problem } from '../contract/problem.ts';
import { STATUS_TITLES } from '../observability/error-boundary.ts';

/** What every operation can be refused with. */
export const COMMON_PROBLEMS = [401, 403, 500];

const PARAMETER_DESCRIPTIONS: Readonly<Record<string, string>> = {
  code: 'A store’s code',
  id: 'The `X-Request-Id` of a request',
  name: 'A catalogue’s name',
};

/** The parameters in braces of a path, or null when it has none. */
export function parametersOf(path: string): z.ZodObject | null {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  if (names.length === 0) return null;
  return z.object(
    Object.fromEntries(
      names.map((name) => [name, z.string().meta({ description: PARAMETER_DESCRIPTIONS[name] ?? name })]),
    ),
  );
}

/** The answers of refusals, as problem documents. */
export function problems(statuses: readonly number[]): ZodOpenApiResponsesObject {
  const content = { 'application/problem+json': { schema: problem } };
  const sorted = [...new Set(statuses)].sort((a, b) => a - b);
  return Object.fromEntries(
    sorted.map((status) => [status, { description: STATUS_TITLES[status] ?? 'Error', content }]),
  );
}
