import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreLogo } from '../database/platform-tables.ts';

/** A logo that was decoded and made small: what is kept of an upload. */
export interface PreparedLogo {
  /** WebP. */
  readonly picture: Buffer;
  readonly width: number;
  readonly height: number;
  /** PNG, square. */
  readonly favicon: Buffer;
}

/** Names that {@link LogoFiles} gives, and such that are not complete yet; a demo store's own logo has others. */
const WRITTEN = /^(logo-[0-9a-f]{16}\.webp|favicon-[0-9a-f]{16}\.png)(\.new)?$/;

/**
 * Logos in the folders of their stores. Every logo has names of its own, so writing one never touches the one in
 * use: which one that is, the store's record says.
 */
export class LogoFiles {
  readonly #storageDir: string;

  constructor(storageDir: string) {
    this.#storageDir = storageDir;
  }

  /** Writes a logo's files, each whole or not at all. */
  async write(storeId: number, logo: PreparedLogo): Promise<StoreLogo> {
    const folder = this.#folder(storeId);
    const stem = randomBytes(8).toString('hex');
    const written: StoreLogo = {
      file: `logo-${stem}.webp`,
      width: logo.width,
      height: logo.height,
      favicon: `favicon-${stem}.png`,
    };
    await mkdir(folder, { recursive: true });
    try {
      await writeWhole(join(folder, written.file), logo.picture);
      await writeWhole(join(folder, `favicon-${stem}.png`), logo.favicon);
      return written;
    } catch (error) {
      await this.remove(storeId, written);
      throw error;
    }
  }

  /** Removes a logo that is not in use any more. Repeatable. */
  async remove(storeId: number, logo: StoreLogo): Promise<void> {
    const folder = this.#folder(storeId);
    for (const file of [logo.file, logo.favicon]) if (file) await rm(join(folder, file), { force: true });
  }

  /** Removes every logo that was written here but the one in use. Repeatable. */
  async removeOthers(storeId: number, inUse: StoreLogo | null): Promise<void> {
    const folder = this.#folder(storeId);
    const names = await readdir(folder).catch(() => []);
    for (const name of names)
      if (WRITTEN.test(name) && name !== inUse?.file && name !== inUse?.favicon)
        await rm(join(folder, name), { force: true });
  }

  /** Numbers of the stores that have a folder here. */
  async storeIds(): Promise<number[]> {
    const names = await readdir(this.#storageDir).catch(() => []);
    return names.flatMap((name) => Number(/^store_(\d+)$/.exec(name)?.[1] ?? 0) || []);
  }

  #folder(storeId: number): string {
    return join(this.#storageDir, `store_${storeId}`);
  }
}

async function writeWhole(filename: string, bytes: Buffer): Promise<void> {
  const draft = `${filename}.new`;
  try {
    const handle = await open(draft, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, filename);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
