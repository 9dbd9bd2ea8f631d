/** The last lines of a stream of text, for whoever asks what a process said before it ended. */
export class LogRing {
  readonly #size: number;
  #lines: string[] = [];
  #rest = '';

  /** @param size how many lines are kept */
  constructor(size: number) {
    this.#size = size;
  }

  /** Takes a piece of the stream, cut anywhere; returns the lines that are complete with it. */
  add(piece: string): readonly string[] {
    const lines = (this.#rest + piece).split(/\r?\n/);
    this.#rest = lines.pop() ?? '';
    this.#keep(lines);
    return lines;
  }

  /** The stream has ended: what is left is a line as well. */
  end(): void {
    if (this.#rest !== '') this.#keep([this.#rest]);
    this.#rest = '';
  }

  /** The newest lines, the oldest of them first. */
  last(count: number): readonly string[] {
    return this.#lines.slice(-count);
  }

  #keep(lines: readonly string[]): void {
    this.#lines = [...this.#lines, ...lines.filter((line) => line.trim() !== '')].slice(-this.#size);
  }
}
