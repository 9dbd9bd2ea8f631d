import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** Everything after `--` on the command line is the server's. */
export function serverArguments(argv: readonly string[]): readonly string[] {
  const separator = argv.indexOf('--');
  return separator < 0 ? [] : argv.slice(separator + 1);
}

export interface ProfileInput {
  /** The usual folder of the app. */
  readonly usual: string;
  /** `--user-data-dir`; empty when it was not given. */
  readonly named: string;
  readonly serverArgs: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * The folder of the window's own state. Whoever names a data folder gets a window of its own for it: the single
 * instance, the window's place and the sign-in belong to one data folder.
 */
export function profileFolder({ usual, named, serverArgs, env, cwd }: ProfileInput): string {
  if (named !== '') return resolve(cwd, named);
  const options = { 'data-dir': { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...serverArgs], options, strict: false, allowPositionals: true });
  const dataDir = values['data-dir'] ?? env['ORION_DATA_DIR'];
  if (typeof dataDir !== 'string' || dataDir === '') return usual;
  const id = createHash('sha256').update(resolve(cwd, dataDir)).digest('hex').slice(0, 16);
  return join(usual, 'data-folders', id);
}
