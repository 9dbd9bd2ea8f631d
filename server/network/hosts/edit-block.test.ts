/** Protects the lines of others: whatever a hosts file looks like, only our block comes and goes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { getFile } from 'hostile';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { putBlock, readBlock, removeBlock } from './edit-block.ts';
import { splitLines } from './lines.ts';
import { type BlockEntry, blockLines } from './markers.ts';

vi.setConfig({ testTimeout: 60_000 });

const entries: BlockEntry[] = [
  { name: 'admin.localhost', address: '127.0.0.1' },
  { name: 'techstore.localhost', address: '127.0.0.1' },
  { name: 'techstore.localhost', address: '::1' },
];
const known = new Set(entries.map(({ address, name }) => `${address} ${name}`));
const ours = { id: '0a1b2c3d', known };
const others = { id: 'ffffffff', known };
const put = (text: string, some = entries) => putBlock(Buffer.from(text, 'latin1'), some, ours).toString('latin1');
const remove = (text: string) => removeBlock(Buffer.from(text, 'latin1'), ours).toString('latin1');
const read = (text: string) => readBlock(Buffer.from(text, 'latin1'), ours);
const block = (some = entries, isJoined = false) => `${blockLines(ours.id, some, isJoined).join('\n')}\n`;

describe('putBlock', () => {
  it('adds a block that hostile and every system read', () => {
    const file = join(temporaryFolder(), 'hosts');
    writeFileSync(file, put('127.0.0.1 localhost\n'));

    expect(getFile(file, false)).toEqual([
      ['127.0.0.1', 'localhost'],
      ...entries.map(({ address, name }) => [address, name]),
    ]);
  });

  it('takes over the line endings that most lines have', () => {
    expect(put('# a\r\n# b\r\n# c\n').match(/\r\n/g)).toHaveLength(2 + 5);
  });

  it('replaces its own block where it stands and leaves those of other platforms', () => {
    const both = putBlock(Buffer.from(put('10.0.0.1 db\n')), entries, others).toString();

    const less = put(both, entries.slice(0, 1));

    expect(read(less).entries).toEqual(entries.slice(0, 1));
    expect(readBlock(Buffer.from(less), others).entries).toEqual(entries);
    expect(less.indexOf('id=0a1b2c3d')).toBeLessThan(less.indexOf('id=ffffffff'));
  });

  it('moves what others wrote between the markers below the block', () => {
    const edited = put('').replace('127.0.0.1 techstore.localhost\n', '10.0.0.9 mine.test # keep me\n# and me\n');

    expect(read(edited).editedBlocks).toEqual([1]);
    expect(put(edited)).toBe(`${block()}10.0.0.9 mine.test # keep me\n# and me\n`);
    expect(remove(edited)).toBe('10.0.0.9 mine.test # keep me\n# and me\n');
  });

  it('makes one block of two', () => {
    const doubled = `${block()}# between\n${block(entries.slice(1))}`;

    expect(read(doubled).doubledMarkers).toEqual([7]);
    expect(put(doubled)).toBe(`${block()}# between\n`);
  });

  it('heals a block whose end was deleted, and takes no line that may be of others', () => {
    const open = `${block().split('\n').slice(0, -2).join('\n')}\n10.0.0.1 db\n`;

    expect(read(open).brokenMarkers).toEqual([1]);
    expect(put(open)).toBe(`${block()}10.0.0.1 db\n`);
    expect(remove(open)).toBe('10.0.0.1 db\n');
  });

  it('heals a block whose start was deleted as far as its lines are known', () => {
    const headless = `10.0.0.1 db\n127.0.0.1 gone.localhost\n${block().split('\n').slice(1).join('\n')}`;

    expect(read(headless).brokenMarkers).toEqual([6]);
    expect(put(headless)).toBe(`10.0.0.1 db\n127.0.0.1 gone.localhost\n${block()}`);
  });

  it('says which marker it cannot read, and leaves the line alone', () => {
    const edited = `# >>> Orion Studio: my own words\n127.0.0.1 localhost\n`;

    expect(read(edited).brokenMarkers).toEqual([1]);
    expect(put(edited)).toBe(edited + block());
  });

  it('copes with 100 000 lines', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `0.0.0.0 ads${index}.example # blocked`).join('\n');

    expect(remove(put(many))).toBe(many);
  });
});

describe('removeBlock', () => {
  it('keeps a line ending apart from what was added below since', () => {
    expect(remove(`${put('127.0.0.1 localhost')}10.0.0.1 db\n`)).toBe('127.0.0.1 localhost\n10.0.0.1 db\n');
  });

  it('does not take a carriage return for its own', () => {
    expect(remove(put('# odd\r'))).toBe('# odd\r');
  });
});

const name = fc.constantFrom(
  'localhost',
  'db.test',
  'techstore.localhost',
  'admin.localhost',
  'a b c',
  'xn--bcher-kva.de',
);
const address = fc.constantFrom('127.0.0.1', '::1', '10.0.0.7', 'fe80::1%lo0', 'nonsense');
const mapping = fc
  .tuple(address, fc.constantFrom(' ', '\t', '   \t'), name, fc.constantFrom('', ' # why', '\t#x'))
  .map((parts) => parts.join(''));
const markerText = fc.constantFrom(
  '# >>> Orion Studio',
  '  ## <<<Orion Studio id=0a1b2c3d (mine)',
  ...blockLines(others.id, entries, false),
  '# Orion Studio wrote this',
);
/** Any bytes but line feeds; without our own readable markers. */
const bytes = fc.uint8Array({ maxLength: 12 }).map((some) => Buffer.from(some).toString('latin1').replaceAll('\n', ''));
const line = fc.oneof(mapping, mapping, markerText, bytes, fc.constant(''));
const ending = fc.constantFrom('\n', '\r\n');
const file = fc
  .record({
    mark: fc.constantFrom('', '\u00ef\u00bb\u00bf'),
    lines: fc.array(fc.tuple(line, ending), { maxLength: 20 }),
    last: fc.oneof(fc.constant(''), line),
  })
  .map(({ mark, lines, last }) => mark + lines.flat().join('') + last);
const someEntries = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'techstore', 'admin'), { maxLength: 6 })
  .map((labels) => labels.map((label): BlockEntry => ({ name: `${label}.localhost`, address: '127.0.0.1' })));

describe('generated files', () => {
  it('are the same bytes after putting and removing', () => {
    fc.assert(
      fc.property(file, someEntries, someEntries, (text, first, second) => {
        expect(remove(put(text, first))).toBe(text);
        expect(remove(put(put(text, first), second))).toBe(text);
      }),
      { numRuns: 800 },
    );
  });

  it('change no more when the same names are put again', () => {
    fc.assert(
      fc.property(file, someEntries, (text, some) => {
        const once = put(text, some);
        expect(put(once, some)).toBe(once);
        expect(read(once).entries).toEqual(some);
      }),
      { numRuns: 600 },
    );
  });

  it('lose no line of others, however our markers were edited', () => {
    const pieces = fc.array(
      fc.oneof(
        line,
        fc.constantFrom(...blockLines(ours.id, entries, false), ...blockLines(ours.id, entries.slice(1), true)),
      ),
      { maxLength: 25 },
    );
    const isForeign = (text: string) => !known.has(text) && !/Orion Studio/.test(text);
    const foreign = (text: string) =>
      splitLines(Buffer.from(text, 'latin1'))
        .lines.map((one) => one.text.replace(/\r$/, ''))
        .filter(isForeign)
        .sort();
    fc.assert(
      fc.property(pieces, someEntries, (lines, some) => {
        const text = lines.join('\n');
        const before = foreign(text).filter((one) => one !== '');
        expect(foreign(remove(text)).filter((one) => one !== '')).toEqual(before);
        const afterPut = foreign(remove(put(text, some))).filter((one) => one !== '');
        expect(afterPut).toEqual(before);
      }),
      { numRuns: 800 },
    );
  });

  it('are healed by one write', () => {
    const pieces = fc.array(fc.constantFrom(...blockLines(ours.id, entries, false), '# other', '10.0.0.1 db'), {
      maxLength: 15,
    });
    fc.assert(
      fc.property(pieces, (lines) => {
        const { brokenMarkers, doubledMarkers, editedBlocks } = read(put(lines.join('\n')));
        expect([brokenMarkers, doubledMarkers, editedBlocks]).toEqual([[], [], []]);
      }),
    );
  });
});
