import { chmod, copyFile, cp, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const HELPER = 'hosts-helper.ts';

/** The helper and the Node that runs it. */
export interface HelperPlace {
  readonly program: string;
  readonly helper: string;
}

/**
 * Where an administrator can run the helper. An AppImage is mounted for its user alone, so that root cannot read what is
 * in it: then both are copied into the data folder.
 */
export async function helperPlace(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<HelperPlace> {
  if (!env['APPIMAGE']) return { program: process.execPath, helper: join(HERE, HELPER) };
  const root = join(dataDir, 'hosts-helper');
  const folder = join(root, 'server/network/hosts');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Every time: the program may be another version by now.
  await cp(HERE, folder, { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
  await copyFile(join(HERE, '../../errors.ts'), join(root, 'server/errors.ts'));
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  const program = join(root, 'node');
  const sizeOf = async (path: string) => (await stat(path).catch(() => null))?.size;
  if ((await sizeOf(program)) !== (await sizeOf(process.execPath))) {
    await copyFile(process.execPath, program);
    await chmod(program, 0o700);
  }
  return { program, helper: join(folder, HELPER) };
}
