/** Postgres refuses to run as root: a server that was started by root runs it as the system's user `postgres`. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StartupError } from '../../errors.ts';

const run = promisify(execFile);
const NAME = 'postgres';

/** The user that Postgres runs as. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user to run Postgres as, made when it is missing; null when this process is not root's and runs it as itself.
 * @throws {StartupError} when there is no such user and none can be made
 */
export async function postgresUser(uid: number | undefined = process.getuid?.()): Promise<SystemUser | null> {
  if (uid !== 0) return null;
  return (await findUser(NAME)) ?? (await createUser(NAME));
}

async function findUser(name: string): Promise<SystemUser | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
    );
    return uid && gid !== undefined ? { name, uid, gid } : null;
  } catch {
    return null;
  }
}

async function createUser(name: string): Promise<SystemUser> {
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name];
  const failure = await run('useradd', flags).then(
    () => null,
    (error: Error) => error.message.trim(),
  );
  const user = await findUser(name);
  if (user) return user;
  throw new StartupError(
    `Postgres does not run as root, and there is no user ${name} to run it as${failure ? ` (${failure})` : ''}. Make one with "useradd --system ${name}", start Orion Studio as an ordinary user, or use another Postgres with DATABASE_URL.`,
  );
}
