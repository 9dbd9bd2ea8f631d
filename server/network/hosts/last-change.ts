/** What was last done to the hosts file of this machine, in the data folder: it outlives the server. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hostsActionInput } from '../../contract/names.ts';

const hostsChange = z.object({
  at: z.number(),
  action: hostsActionInput.shape.action,
  added: z.int(),
  removed: z.int(),
  /** What the file was after it, as plans name it. */
  after: z.string(),
  /** The backup from before it. */
  backup: z.string(),
});
export type HostsChange = Readonly<z.infer<typeof hostsChange>>;

const record = z.object({
  last: hostsChange.nullable(),
  /** What was handed over to be done with administrator rights, and may have been done since. */
  pending: hostsChange.nullable(),
});

/** Keeps the last change, and the one that somebody with administrator rights may be making. */
export class LastChange {
  readonly #file: string;

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'hosts-last-change.json');
  }

  /** The last change; a handed over one counts as soon as the file is what it leads to. */
  async read(stamp: string): Promise<HostsChange | null> {
    const { last, pending } = await this.#read();
    if (pending?.after !== stamp) return last;
    await this.#write({ last: pending, pending: null });
    return pending;
  }

  async done(change: HostsChange): Promise<void> {
    await this.#write({ last: change, pending: null });
  }

  async handedOver(change: HostsChange): Promise<void> {
    await this.#write({ ...(await this.#read()), pending: change });
  }

  async #read(): Promise<z.infer<typeof record>> {
    try {
      return record.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      return { last: null, pending: null };
    }
  }

  async #write(content: z.infer<typeof record>): Promise<void> {
    const draft = `${this.#file}.${process.pid}-${randomUUID().slice(0, 8)}.new`;
    await writeFile(draft, JSON.stringify(content), { mode: 0o600 });
    await rename(draft, this.#file);
  }
}
