import {
  type OperationInput,
  type OperationName,
  type OperationOutput,
  operations,
} from '../../../server/contract/operations.ts';
import { readProblem, unreachable } from './problem.ts';

interface LooseInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/**
 * Calls an operation of the console's API.
 * @throws {ProblemError} with what the server said, or `server_unreachable`
 */
export async function call<Name extends OperationName>(
  name: Name,
  input: OperationInput<Name>,
  signal?: AbortSignal,
): Promise<OperationOutput<Name>> {
  const { method, path } = operations[name];
  const { params = {}, query, body } = input as LooseInput;
  const response = await fetch(addressOf(path, params, query), {
    method: method.toUpperCase(),
    headers:
      body === undefined
        ? { Accept: 'application/json' }
        : { Accept: 'application/json', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    throw isAbort(error) ? error : unreachable(error);
  });
  if (!response.ok) throw await readProblem(response);
  if (response.status === 204) return undefined as OperationOutput<Name>;
  // The server's tests hold every answer to the contract: it is not parsed a second time here.
  return (await response.json().catch((error: unknown) => {
    throw isAbort(error) ? error : unreachable(error);
  })) as OperationOutput<Name>;
}

/** The address of an operation, with parameters filled in and empty query values left out. */
export function addressOf(
  path: string,
  params: Readonly<Record<string, string>>,
  query: Readonly<Record<string, unknown>> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_match, key: string) => encodeURIComponent(params[key] ?? ''));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(key, String(value));
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
