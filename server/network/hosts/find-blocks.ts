/** Finds what a platform has written into a hosts file, also when its markers were edited. */
import type { HostsLine } from './lines.ts';
import { isAsWritten, type Marker, readMarker } from './markers.ts';

/** Neighbouring lines that belong to a block of ours. */
export interface BlockPiece {
  /** Index of the first line. */
  readonly from: number;
  /** Index after the last line. */
  readonly to: number;
  readonly start: Extract<Marker, { kind: 'start' }> | null;
  readonly hasEnd: boolean;
  /** Every line between the markers is as it was written. */
  readonly isAsWritten: boolean;
}

export interface FoundBlocks {
  readonly pieces: readonly BlockPiece[];
  /** Indexes of lines that look like markers and cannot be read. They are left alone. */
  readonly unreadable: readonly number[];
}

/**
 * Finds the pieces of the block with this id, from top to bottom.
 * @param known lines that are ours wherever they touch a marker of ours, as `127.0.0.1 shop.localhost`
 */
export function findBlocks(lines: readonly HostsLine[], id: string, known: ReadonlySet<string>): FoundBlocks {
  const markers = lines.flatMap(({ text }, index) => {
    const marker = readMarker(text);
    return marker ? [{ index, marker }] : [];
  });
  const pieces: BlockPiece[] = [];
  for (let position = 0; position < markers.length; position += 1) {
    const { index, marker } = markers[position] ?? { index: 0, marker: null };
    const next = markers[position + 1];
    const previousTo = pieces.at(-1)?.to ?? 0;
    if (marker?.kind === 'start' && marker.id === id) {
      const isClosed = next?.marker.kind === 'end' && next.marker.id === id;
      pieces.push(
        isClosed
          ? closedPiece(lines, index, next.index, marker)
          : openPiece(lines, index, next?.index ?? lines.length, marker, known),
      );
      if (isClosed) position += 1;
    } else if (marker?.kind === 'end' && marker.id === id) {
      const floor = Math.max(previousTo, (markers[position - 1]?.index ?? -1) + 1);
      pieces.push(endPiece(lines, floor, index, known));
    }
  }
  return {
    pieces,
    unreadable: markers.filter(({ marker }) => marker.kind === 'unreadable').map(({ index }) => index),
  };
}

type StartMarker = Extract<Marker, { kind: 'start' }>;

function closedPiece(lines: readonly HostsLine[], from: number, end: number, start: StartMarker): BlockPiece {
  const body = lines.slice(from + 1, end).map(({ text }) => text);
  return { from, to: end + 1, start, hasEnd: true, isAsWritten: isAsWritten(start, body) };
}

/** The end is missing: what follows is ours as far as the sum, or else what is known, says so. */
function openPiece(
  lines: readonly HostsLine[],
  from: number,
  limit: number,
  start: StartMarker,
  known: ReadonlySet<string>,
): BlockPiece {
  const summed = from + 1 + start.count;
  const body = lines.slice(from + 1, summed).map(({ text }) => text);
  if (summed <= limit && isAsWritten(start, body)) return { from, to: summed, start, hasEnd: false, isAsWritten: true };
  let to = from + 1;
  while (to < limit && known.has(lines[to]?.text ?? '')) to += 1;
  return { from, to, start, hasEnd: false, isAsWritten: false };
}

/** The start is missing: what stands above is ours as far as it is known. */
function endPiece(lines: readonly HostsLine[], floor: number, end: number, known: ReadonlySet<string>): BlockPiece {
  let from = end;
  while (from > floor && known.has(lines[from - 1]?.text ?? '')) from -= 1;
  return { from, to: end + 1, start: null, hasEnd: true, isAsWritten: false };
}
