/**
 * A hosts file as lines, byte for byte. Bytes are carried as one character each (latin1), so that letters in any encoding,
 * also broken ones, come out as they went in.
 */

export interface HostsLine {
  /** Without its ending. */
  readonly text: string;
  /** Empty for a last line that has none. */
  readonly ending: '\n' | '\r\n' | '';
}

export interface HostsText {
  /** The three bytes that some editors put first, or nothing. */
  readonly mark: string;
  readonly lines: readonly HostsLine[];
}

export type LineEndings = 'lf' | 'crlf' | 'mixed' | 'none';

const UTF8_MARK = '\u00ef\u00bb\u00bf';

/** Splits a file into lines; {@link joinLines} gives the same bytes again. */
export function splitLines(bytes: Buffer): HostsText {
  const all = bytes.toString('latin1');
  const mark = all.startsWith(UTF8_MARK) ? UTF8_MARK : '';
  const lines: HostsLine[] = [];
  let from = mark.length;
  while (from < all.length) {
    const newline = all.indexOf('\n', from);
    if (newline === -1) {
      lines.push({ text: all.slice(from), ending: '' });
      break;
    }
    const isCrlf = newline > from && all[newline - 1] === '\r';
    lines.push({ text: all.slice(from, isCrlf ? newline - 1 : newline), ending: isCrlf ? '\r\n' : '\n' });
    from = newline + 1;
  }
  return { mark, lines };
}

/** The bytes of a file with these lines. */
export function joinLines({ mark, lines }: HostsText): Buffer {
  return Buffer.from(mark + lines.map(({ text, ending }) => text + ending).join(''), 'latin1');
}

/** How the lines end. */
export function lineEndings(lines: readonly HostsLine[]): LineEndings {
  const crlf = lines.filter(({ ending }) => ending === '\r\n').length;
  const lf = lines.filter(({ ending }) => ending === '\n').length;
  if (crlf > 0 && lf > 0) return 'mixed';
  if (crlf > 0) return 'crlf';
  return lf > 0 ? 'lf' : 'none';
}

/** The ending that most lines have; where none has one, the system's. */
export function dominantEnding(lines: readonly HostsLine[], platform: NodeJS.Platform = process.platform) {
  let balance = 0;
  for (const { ending } of lines) {
    if (ending === '\r\n') balance += 1;
    if (ending === '\n') balance -= 1;
  }
  if (balance !== 0) return balance > 0 ? '\r\n' : '\n';
  return lineEndings(lines) === 'none' && platform === 'win32' ? '\r\n' : '\n';
}

/** Text of a line for people: bytes that are not UTF-8 become `�`. */
export function readable(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

/** Why a file cannot be handled as text, in a sentence's end; null when it can. */
export function encodingFault(bytes: Buffer): string | null {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'is written in UTF-16';
  // Two bytes a letter without a mark: every other byte of ASCII is zero then.
  if (bytes.subarray(0, 4096).includes(0)) return 'holds zero bytes';
  return null;
}
