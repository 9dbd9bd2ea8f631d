import type { BackendId, SwitchStatus } from '../contract/backends.ts';
import { callOperation, expectOperation } from './call-operation.ts';
import { createTestDatabase } from './postgres-server.ts';
import type { TestPlatform } from './test-platform.ts';

/** Begins a move and waits until it has ended. */
export async function switchTo(platform: TestPlatform, to: BackendId, databaseUrl?: string): Promise<SwitchStatus> {
  const body = { to, ...(databaseUrl === undefined ? {} : { databaseUrl }) };
  const { id } = await expectOperation(platform, 'startSwitch', { body });
  return endOfSwitch(platform, id);
}

/** Waits until a move has ended. */
export async function endOfSwitch(platform: TestPlatform, id: string): Promise<SwitchStatus> {
  for (;;) {
    const { running, history } = await expectOperation(platform, 'backends');
    const ended = history.find((status) => status.id === id);
    if (ended && !running) return ended;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Removes what a backend still holds, so that the platform can move there. */
export async function dropBackend(platform: TestPlatform, id: BackendId): Promise<void> {
  const [engine = '', isolation = ''] = id.split('/');
  const answer = await callOperation(platform, 'dropKeptBackend', { params: { engine, isolation } });
  if (answer.status !== 204) throw new Error(`${id} was not removed: ${answer.status} ${answer.text}`);
}

/** The Postgres of a test, which is made when it is first needed. */
export function lazyDatabase(): () => Promise<string> {
  let url: Promise<string> | null = null;
  return () => {
    url ??= createTestDatabase();
    return url;
  };
}
