/**
 * Puts a block into a hosts file and takes it out again. Pure: bytes in, bytes out. Every line that is not ours stays as
 * it is, byte for byte; lines that others wrote between our markers are moved below the block.
 */
import { type BlockPiece, type FoundBlocks, findBlocks } from './find-blocks.ts';
import { dominantEnding, type HostsLine, joinLines, splitLines } from './lines.ts';
import { type BlockEntry, blockLines, entryLine, readEntryLine, readMarker } from './markers.ts';

export interface BlockOwner {
  /** Eight hexadecimal digits: each platform of a machine has a block of its own. */
  readonly id: string;
  /** Lines that are ours where an edited block leaves it open, as `127.0.0.1 shop.localhost`. */
  readonly known: ReadonlySet<string>;
}

/** What a file holds of a block. */
export interface BlockReading {
  readonly entries: readonly BlockEntry[];
  /** Numbers of lines, from 1. */
  readonly brokenMarkers: readonly number[];
  readonly doubledMarkers: readonly number[];
  readonly editedBlocks: readonly number[];
}

/** Reads the block of a file. */
export function readBlock(bytes: Buffer, owner: BlockOwner): BlockReading {
  const { lines } = splitLines(bytes);
  const { pieces, unreadable } = findBlocks(lines, owner.id, owner.known);
  const numberOf = ({ from, to, start }: BlockPiece) => (start ? from : to - 1) + 1;
  const isBroken = ({ start, hasEnd }: BlockPiece) => !start || !hasEnd;
  return {
    entries: pieces.flatMap((piece) =>
      lines.slice(piece.from, piece.to).flatMap(({ text }) => readEntryLine(text) ?? []),
    ),
    brokenMarkers: [...pieces.filter(isBroken).map(numberOf), ...unreadable.map((index) => index + 1)].sort(
      (a, b) => a - b,
    ),
    doubledMarkers: pieces
      .filter(({ start }) => start)
      .slice(1)
      .map(numberOf),
    editedBlocks: pieces.filter((piece) => !isBroken(piece) && !piece.isAsWritten).map(numberOf),
  };
}

/** Tells by its number, from 1, whether a line belongs to the block. */
export function ownLines(bytes: Buffer, owner: BlockOwner): (line: number) => boolean {
  const { pieces } = findBlocks(splitLines(bytes).lines, owner.id, owner.known);
  return (line) => pieces.some(({ from, to }) => line > from && line <= to);
}

/** The file with a block that holds exactly these entries; the same bytes when it does already. */
export function putBlock(bytes: Buffer, entries: readonly BlockEntry[], owner: BlockOwner): Buffer {
  const { mark, lines } = splitLines(bytes);
  const found = findBlocks(lines, owner.id, owner.known);
  if (holdsExactly(lines, found, entries)) return bytes;
  const anchor = found.pieces.find(({ start }) => start) ?? found.pieces[0] ?? null;
  const { kept, anchorAt } = withoutPieces(lines, found.pieces, owner, anchor);
  if (anchorAt !== null && anchor) {
    const ending = lines[anchor.from]?.ending || dominantEnding(kept);
    kept.splice(anchorAt, 0, ...written(owner.id, entries, anchor.start?.isJoined ?? false, ending));
  } else {
    const ending = dominantEnding(kept);
    const last = kept.at(-1);
    const isJoined = last?.ending === '';
    if (last && isJoined) kept[kept.length - 1] = { text: last.text, ending };
    kept.push(...written(owner.id, entries, isJoined, ending));
  }
  return joinLines({ mark, lines: kept });
}

/** The file without the block: as it was before, when nothing else has changed since. */
export function removeBlock(bytes: Buffer, owner: BlockOwner): Buffer {
  const { mark, lines } = splitLines(bytes);
  const { pieces } = findBlocks(lines, owner.id, owner.known);
  if (pieces.length === 0) return bytes;
  const joined = pieces.find(({ start }) => start?.isJoined) ?? null;
  const { kept, anchorAt } = withoutPieces(lines, pieces, owner, joined);
  // The line ending before the block was ours; with lines below it, it is theirs now.
  if (joined && anchorAt === kept.length) takeEnding(kept, lines[joined.from]?.ending ?? '');
  return joinLines({ mark, lines: kept });
}

function holdsExactly(lines: readonly HostsLine[], { pieces }: FoundBlocks, entries: readonly BlockEntry[]): boolean {
  const [only, ...more] = pieces;
  if (!only?.start || !only.hasEnd || !only.isAsWritten || more.length > 0) return false;
  const body = lines.slice(only.from + 1, only.to - 1);
  return body.length === entries.length && entries.every((entry, index) => body[index]?.text === entryLine(entry));
}

/** The lines that stay, and where among them the anchor was; what others wrote into a piece follows its place. */
function withoutPieces(
  lines: readonly HostsLine[],
  pieces: readonly BlockPiece[],
  owner: BlockOwner,
  anchor: BlockPiece | null,
): { readonly kept: HostsLine[]; readonly anchorAt: number | null } {
  const kept: HostsLine[] = [];
  let anchorAt: number | null = null;
  let from = 0;
  for (const piece of pieces) {
    for (const line of lines.slice(from, piece.from)) kept.push(line);
    if (piece === anchor) anchorAt = kept.length;
    for (const line of foreignLines(lines, piece, owner)) kept.push(line);
    from = piece.to;
  }
  for (const line of lines.slice(from)) kept.push(line);
  return { kept, anchorAt };
}

function foreignLines(lines: readonly HostsLine[], piece: BlockPiece, { known }: BlockOwner): HostsLine[] {
  if (piece.isAsWritten) return [];
  return lines.slice(piece.from, piece.to).filter(({ text }) => readMarker(text) === null && !known.has(text));
}

function written(id: string, entries: readonly BlockEntry[], isJoined: boolean, ending: '\n' | '\r\n'): HostsLine[] {
  return blockLines(id, entries, isJoined).map((text) => ({ text, ending }));
}

/** Takes the ending off the last line; a `\r` that was there before it stays. */
function takeEnding(lines: HostsLine[], ours: HostsLine['ending']): void {
  const last = lines.at(-1);
  if (!last) return;
  const text = last.ending === '\r\n' && ours === '\n' ? `${last.text}\r` : last.text;
  lines[lines.length - 1] = { text, ending: '' };
}
