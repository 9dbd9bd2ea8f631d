import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostsActionInput, HostsBackup } from '../../contract/names.ts';
import { NotFoundError } from '../../errors.ts';

const MAX_KEPT = 20;
const FILE = /^(\d{13})-(sync|clean|undo|restore)-(\d+)\.hosts$/;

/** Copies of a hosts file from before each change, in the data folder, readable by its owner alone. */
export class HostsBackups {
  readonly #folder: string;

  /** @param dataDir the data folder */
  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'hosts-backups');
  }

  /** Keeps a copy and drops the oldest beyond twenty; returns its id. */
  async keep(bytes: Buffer, action: HostsActionInput['action'], names: number): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const taken = new Set((await this.list()).map(({ at }) => at));
    let at = Date.now();
    while (taken.has(at)) at += 1;
    const id = `${at}-${action}-${names}`;
    const path = join(this.#folder, `${id}.hosts`);
    await writeFile(path, bytes, { mode: 0o600, flush: true, flag: 'wx' });
    await chmod(path, 0o600);
    for (const old of (await this.list()).slice(MAX_KEPT))
      await rm(join(this.#folder, `${old.id}.hosts`), { force: true });
    return id;
  }

  /** What is kept, newest first. */
  async list(): Promise<HostsBackup[]> {
    const files = await readdir(this.#folder).catch(() => []);
    const backups = await Promise.all(
      files.map(async (file) => {
        const match = FILE.exec(file);
        const info = match ? await stat(join(this.#folder, file)).catch(() => null) : null;
        if (!match || !info) return [];
        const [, at, action, names] = match;
        const count = `${names} ${names === '1' ? 'name' : 'names'}`;
        return [
          { id: file.slice(0, -'.hosts'.length), at: Number(at), bytes: info.size, reason: `${action}: ${count}` },
        ];
      }),
    );
    return backups.flat().sort((a, b) => b.at - a.at);
  }

  /** @throws {NotFoundError} when there is none of this id */
  async read(id: string): Promise<Buffer> {
    const isKnown = (await this.list()).some((backup) => backup.id === id);
    if (!isKnown)
      throw new NotFoundError(`There is no backup ${id}. "orion hosts status" lists them.`, 'backup_not_found');
    return readFile(join(this.#folder, `${id}.hosts`));
  }
}
