import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The user without rights that every Unix has. */
export const NOBODY = 65_534;

const root = join(import.meta.dirname, '../..');

/** Why this project cannot be run as that user here, as the end of a sentence; null where it can. */
export function whyNotAsNobody(): string | null {
  if (process.getuid?.() !== 0) return 'only root can become another user';
  const { status } = spawnSync(process.execPath, ['--check', 'server/testing/other-user.ts'], {
    cwd: root,
    uid: NOBODY,
    gid: NOBODY,
    stdio: 'ignore',
  });
  return status === 0 ? null : 'a folder on the way to this project lets no other user pass';
}
