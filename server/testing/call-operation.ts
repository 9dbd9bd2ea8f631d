import type { z } from 'zod';
import { type Operation, type OperationName, type OperationOutput, operations } from '../contract/operations.ts';
import type { Answer } from './http.ts';
import type { TestPlatform } from './test-platform.ts';

export interface OperationCall {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Calls an operation of the console's API as the command line, whatever it answers. */
export function callOperation(platform: TestPlatform, name: OperationName, call: OperationCall = {}): Promise<Answer> {
  const { method, path }: Operation = operations[name];
  const filled = path.replace(/\{(\w+)\}/g, (_match, key: string) => encodeURIComponent(call.params?.[key] ?? ''));
  const query = call.query ? `?${new URLSearchParams(call.query)}` : '';
  return platform.askConsole({
    method: method.toUpperCase(),
    path: filled + query,
    ...(call.body === undefined ? {} : { body: call.body }),
  });
}

/**
 * The same, where the answer must be what the contract says: its status, every member, and nothing beside.
 * @throws {Error} naming what differs
 */
export async function expectOperation<Name extends OperationName>(
  platform: TestPlatform,
  name: Name,
  call: OperationCall = {},
): Promise<OperationOutput<Name>> {
  const { status, response }: Operation = operations[name];
  const answer = await callOperation(platform, name, call);
  if (answer.status !== status) throw new Error(`${name} answered ${answer.status}: ${answer.text}`);
  const body = answer.text === '' ? undefined : answer.json<unknown>();
  const parsed = response.safeParse(body);
  if (!parsed.success) throw new Error(`${name} answered what the contract does not allow: ${describe(parsed.error)}`);
  const extra = membersOf(body).filter((member) => !membersOf(parsed.data).includes(member));
  if (extra.length > 0) throw new Error(`${name} answered more than the contract says: ${extra.join(', ')}`);
  return parsed.data as OperationOutput<Name>;
}

function describe({ issues }: z.ZodError): string {
  return issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}

/** `stores.0.name`: the path of every member. */
function membersOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => membersOf(member, path === '' ? key : `${path}.${key}`));
}
