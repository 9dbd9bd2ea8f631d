/** Hands a change of the system's file over to whoever has administrator rights. */
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Elevation } from '../../contract/elevation.ts';
import type { Elevations } from '../elevation.ts';
import { helperPlace } from './helper-place.ts';
import { type HelperPlan, writePlan } from './helper-plan.ts';
import { hashOf } from './hosts-bytes.ts';

const KEPT_MS = 60 * 60 * 1000;

/** Writes the plan and registers the run of the helper; nothing is changed yet. */
export async function handOver(
  plan: HelperPlan,
  {
    dataDir,
    elevations,
    purpose,
  }: { readonly dataDir: string; readonly elevations: Elevations; readonly purpose: string },
): Promise<Elevation> {
  const folder = join(dataDir, 'hosts-plans');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeOld(folder);
  const bytes = writePlan(plan);
  const hash = hashOf(bytes);
  const path = join(folder, `${hash.slice(0, 16)}.json`);
  await writeFile(path, bytes, { mode: 0o600 });
  const { program, helper } = await helperPlace(dataDir);
  return elevations.register({
    purpose,
    program,
    args: [helper, 'apply', '--file', plan.file, '--plan', path, '--plan-hash', hash],
  });
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => null);
    if (info && Date.now() - info.mtimeMs > KEPT_MS) await rm(path, { force: true });
  }
}
