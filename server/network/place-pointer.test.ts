/** A folder whose pointer is damaged must not be opened as if it had none: that would be an old copy of the platform. */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StartupError } from '../errors.ts';
import { PLACE_FILE, readPlacePointer, writePlacePointer } from './place-pointer.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'orion-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const pointer = {
  inForce: { engine: 'postgres', databaseUrl: 'postgres://a:secret@db/orion' },
  others: [{ engine: 'sqlite', databaseUrl: null }],
} as const;

describe('the pointer to the place in force', () => {
  it('is nothing in a folder that says nothing', async () => {
    expect(await readPlacePointer(folder())).toBeNull();
  });

  it('comes back as it was written, readable by its owner alone', async () => {
    const path = folder();
    writeFileSync(join(path, `${PLACE_FILE}.new`), 'left over', { mode: 0o644 });
    await writePlacePointer(path, pointer);

    expect(await readPlacePointer(path)).toEqual(pointer);
    if (process.platform !== 'win32') expect(statSync(join(path, PLACE_FILE)).mode & 0o777).toBe(0o600);
    expect(readdirSync(path)).toEqual([PLACE_FILE]);
  });

  it.each([
    ['empty', ''],
    ['cut off', '{"format":1'],
    ['of another format', '{"format":2,"inForce":{"engine":"sqlite","databaseUrl":null},"others":[]}'],
    ['of another engine', '{"format":1,"inForce":{"engine":"oracle","databaseUrl":null},"others":[]}'],
  ])('is refused when it is %s', async (_what, text) => {
    const path = folder();
    writeFileSync(join(path, PLACE_FILE), text);

    await expect(readPlacePointer(path)).rejects.toThrow(StartupError);
    await expect(readPlacePointer(path)).rejects.toThrow(/Restore it from a backup/);
  });
});
