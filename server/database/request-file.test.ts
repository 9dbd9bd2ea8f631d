import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type FiledRequest, openRequestFile, RequestFile } from './request-file.ts';

const filed = (sequence: number, length = 10): FiledRequest => ({
  sequence,
  requestId: `r${sequence}`,
  summary: JSON.stringify({ sequence }),
  detail: 'x'.repeat(length),
});
const range = (first: number, last: number, length?: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => filed(first + index, length));
const sequencesOf = (file: RequestFile) => file.summaries().map((text) => JSON.parse(text).sequence);

describe('RequestFile', () => {
  it('gives back what was written, also after it was closed', () => {
    const filename = join(temporaryFolder(), 'requests.sqlite');
    const file = new RequestFile(filename, 1e9);
    file.append(range(1, 3));
    file.append([{ ...filed(4), detail: null }]);
    file.close();
    const again = new RequestFile(filename, 1e9);

    expect(sequencesOf(again)).toEqual([1, 2, 3, 4]);
    expect(again.detail(2)).toBe('x'.repeat(10));
    expect(again.detail(4)).toBeNull();
    expect(again.detail(99)).toBeNull();
    expect(again.size()).toBeGreaterThan(0);
    again.close();
  });

  it('removes the oldest to stay within its size, also over several runs', () => {
    const filename = join(temporaryFolder(), 'requests.sqlite');
    for (let run = 0; run < 4; run += 1) {
      const file = new RequestFile(filename, 500_000);
      for (let batch = 0; batch < 10; batch += 1) {
        const first = 1 + run * 500 + batch * 50;
        file.append(range(first, first + 49, 1000));
      }
      const kept = sequencesOf(file);
      expect(kept.at(-1)).toBe((run + 1) * 500);
      expect(kept.length).toBeLessThanOrEqual(500);
      file.close();
    }
    const file = new RequestFile(filename, 500_000);
    // SQLite keeps freed pages for what comes next: the file does not grow with what was removed.
    expect(file.size()).toBeLessThan(2_500_000);
    file.close();
  });

  it('lists the latest run without gaps', () => {
    const file = new RequestFile(join(temporaryFolder(), 'requests.sqlite'), 1e9);
    file.append([...range(1, 3), ...range(7, 9)]);

    expect(sequencesOf(file)).toEqual([7, 8, 9]);
    file.clear();
    expect(sequencesOf(file)).toEqual([]);
    file.append([filed(10)]);
    expect(sequencesOf(file)).toEqual([10]);
    file.close();
  });

  it('moves a file aside that it cannot read, and begins anew', () => {
    const folder = temporaryFolder();
    const filename = join(folder, 'requests.sqlite');
    const whole = new RequestFile(filename, 1e9);
    whole.append(range(1, 200, 4000));
    whole.close();
    const moved: string[] = [];
    const open = () => openRequestFile(filename, 1e9, (movedTo, reason) => moved.push(`${movedTo} ${reason}`));

    writeFileSync(filename, 'this is no database'.repeat(1000));
    const file = open();
    expect(sequencesOf(file)).toEqual([]);
    expect(moved).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => name.startsWith('requests.sqlite.damaged-'))).toHaveLength(1);
    file.append([filed(1)]);
    file.close();
    open().close();
    expect(moved).toHaveLength(1);
  });

  it('deletes its files', () => {
    const folder = temporaryFolder();
    const file = new RequestFile(join(folder, 'requests.sqlite'), 1e9);
    file.append(range(1, 3));
    file.remove();

    expect(readdirSync(folder)).toEqual([]);
  });
});
