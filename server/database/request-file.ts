import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';

/** A recorded request as it lies in the file: texts of JSON. */
export interface FiledRequest {
  readonly sequence: number;
  readonly requestId: string;
  readonly summary: string;
  /** Null when only its line in lists is kept. */
  readonly detail: string | null;
}

/** Changes when an older program could not read the file any more. */
const FORMAT = 1;
const SIDE_FILES = ['', '-wal', '-shm'] as const;
const PAGE_BYTES = 32_768;
/** Of rows that make room, at a time. */
const PRUNED_AT_ONCE = 200;

/**
 * Recorded requests in a SQLite file of their own, written in batches, the oldest removed first. What was committed
 * survives a killed process; the last moments before a power cut may be lost, the file is whole all the same.
 */
export class RequestFile {
  readonly filename: string;
  readonly #maxBytes: number;
  #database: BetterSqlite3.Database;
  #bytes: number;

  /** @throws {Error} SQLite's own, when the file cannot be opened or is damaged */
  constructor(filename: string, maxBytes: number) {
    this.filename = filename;
    this.#maxBytes = maxBytes;
    this.#database = openDatabase(filename);
    try {
      this.#bytes = this.#sum();
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Everything that lists need, oldest first; the latest run of sequences without gaps. */
  summaries(): string[] {
    const rows = this.#database.prepare('SELECT sequence, summary FROM requests ORDER BY sequence').all() as {
      readonly sequence: number;
      readonly summary: string;
    }[];
    const gap = rows.findLastIndex((row, index) => index > 0 && row.sequence !== (rows[index - 1]?.sequence ?? 0) + 1);
    return rows.slice(Math.max(0, gap)).map((row) => row.summary);
  }

  /** Everything of one request; null when it is not kept. */
  detail(sequence: number): string | null {
    const row = this.#database.prepare('SELECT detail FROM requests WHERE sequence = ?').get(sequence) as
      | { readonly detail: string | null }
      | undefined;
    return row?.detail ?? null;
  }

  /** Adds requests in one transaction, and removes the oldest that have no room any more. */
  append(requests: readonly FiledRequest[]): void {
    const insert = this.#database.prepare(
      'INSERT OR REPLACE INTO requests (sequence, request_id, bytes, summary, detail) VALUES (?, ?, ?, ?, ?)',
    );
    let added = 0;
    this.#database.transaction(() => {
      for (const { sequence, requestId, summary, detail } of requests) {
        const bytes = summary.length + (detail?.length ?? 0);
        insert.run(sequence, requestId, bytes, summary, detail);
        added += bytes;
      }
    })();
    this.#bytes += added;
    while (this.#bytes > this.#maxBytes && this.#prune() > 0);
  }

  /** Bytes on disk. */
  size(): number {
    return SIDE_FILES.reduce((total, ending) => total + sizeOf(this.filename + ending), 0);
  }

  /** Forgets everything; the room on disk is given back. */
  clear(): void {
    this.remove();
    this.#database = openDatabase(this.filename);
    this.#bytes = 0;
  }

  /** Closes and deletes the file. */
  remove(): void {
    this.#database.close();
    for (const ending of SIDE_FILES) rmSync(this.filename + ending, { force: true });
  }

  close(): void {
    this.#database.close();
  }

  #prune(): number {
    const oldest = this.#database
      .prepare(
        'SELECT max(sequence) AS last, sum(bytes) AS bytes FROM (SELECT sequence, bytes FROM requests ORDER BY sequence LIMIT ?)',
      )
      .get(PRUNED_AT_ONCE) as { readonly last: number | null; readonly bytes: number | null };
    if (oldest.last === null) return 0;
    this.#bytes -= oldest.bytes ?? 0;
    return this.#database.prepare('DELETE FROM requests WHERE sequence <= ?').run(oldest.last).changes;
  }

  #sum(): number {
    const row = this.#database.prepare('SELECT coalesce(sum(bytes), 0) AS bytes FROM requests').get();
    return (row as { readonly bytes: number }).bytes;
  }
}

/**
 * Opens the file of recorded requests. One that cannot be read is moved aside, so that it never stops a start.
 * @param onDamaged told where the damaged file is now, and why
 */
export function openRequestFile(
  filename: string,
  maxBytes: number,
  onDamaged: (movedTo: string, reason: string) => void,
): RequestFile {
  let file: RequestFile | null = null;
  try {
    file = new RequestFile(filename, maxBytes);
    // Reads every row of lists: a damaged page is found now rather than later.
    file.summaries();
    return file;
  } catch (error) {
    file?.close();
    const aside = `${filename}.damaged-${Date.now()}`;
    for (const ending of SIDE_FILES) {
      if (ending === '' && existsSync(filename)) renameSync(filename, aside);
      else rmSync(filename + ending, { force: true });
    }
    onDamaged(aside, (error as Error).message);
    return new RequestFile(filename, maxBytes);
  }
}

function openDatabase(filename: string): BetterSqlite3.Database {
  const database = new BetterSqlite3(filename, { timeout: 2000 });
  try {
    // Large pages for large rows, moved into the file after 4 MiB: a quarter less work than with small ones.
    database.pragma(`page_size = ${PAGE_BYTES}`);
    database.pragma('journal_mode = WAL');
    database.pragma(`wal_autocheckpoint = ${(4 * 1024 * 1024) / PAGE_BYTES}`);
    // A killed process loses nothing; a power cut may lose the last batches, which is no loss of data.
    database.pragma('synchronous = NORMAL');
    const format = Number(database.pragma('user_version', { simple: true }));
    if (format !== 0 && format !== FORMAT) throw new Error(`it has format ${format}; this version knows ${FORMAT}`);
    database.exec(
      'CREATE TABLE IF NOT EXISTS requests (sequence INTEGER PRIMARY KEY, request_id TEXT NOT NULL, bytes INTEGER NOT NULL, summary TEXT NOT NULL, detail TEXT)',
    );
    database.pragma(`user_version = ${FORMAT}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function sizeOf(filename: string): number {
  return statSync(filename, { throwIfNoEntry: false })?.size ?? 0;
}
