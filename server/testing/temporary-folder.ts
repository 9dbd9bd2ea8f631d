import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Has `end` called when what was made for a test is not needed any more. */
export type OnEnd = (end: () => void | Promise<void>) => void;

/** A folder that is removed when the test has ended, or when `onEnd` says. */
export function temporaryFolder(onEnd: OnEnd = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'orion-test-'));
  onEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
