/** The part of the memory for requests that bodies may take. */
const SHARE = 0.5;
/** Room beyond what a text is said to need, for its next character: so a longer one shows. */
const LONGEST_CHARACTER = 4;

/**
 * Bodies in one block of memory that is written round and round: the newest stand where the oldest stood, and nothing is
 * allocated or collected for any of them. Kept as texts of their own they cost several times more than writing them here.
 */
export class BodyArena {
  readonly #capacity: number;
  /** Made with the first body. */
  #block: Buffer | null = null;
  /** Where the next body goes, counted on and on; its place in the block is the remainder. */
  #head = 0;

  /** @param maxBytes of all that is kept of requests */
  constructor(maxBytes: number) {
    this.#capacity = Math.floor(maxBytes * SHARE);
  }

  /** Bytes that are taken. */
  get bytes(): number {
    return this.#block ? Math.min(this.#head, this.#capacity) : 0;
  }

  /**
   * Keeps a body, and forgets the oldest where there is no room.
   * @param bytes of all pieces together
   * @returns where it is, or null when it is larger than everything
   */
  store(pieces: readonly Uint8Array[], bytes: number): number | null {
    if (bytes > this.#capacity) return null;
    const { block, start } = this.#placeFor(bytes);
    let at = start % this.#capacity;
    for (const piece of pieces) {
      block.set(piece, at);
      at += piece.length;
    }
    this.#head = start + bytes;
    return start;
  }

  /**
   * Keeps a text as UTF-8, encoding it straight into its place.
   * @param bytes that it is said to have
   * @returns where it is, or null when it has another length, or is larger than everything
   */
  storeText(text: string, bytes: number): number | null {
    const room = bytes + LONGEST_CHARACTER;
    if (room > this.#capacity) return null;
    const { block, start } = this.#placeFor(room);
    const isWhole = block.write(text, start % this.#capacity, room, 'utf8') === bytes;
    this.#head = start + (isWhole ? bytes : room);
    return isWhole ? start : null;
  }

  /** A copy of a body; null when others stand there by now. */
  read(start: number, bytes: number): Buffer | null {
    if (!this.#block || this.#head - start > this.#capacity) return null;
    const at = start % this.#capacity;
    return Buffer.from(this.#block.subarray(at, at + bytes));
  }

  /** Where so many bytes are in one piece: what does not fit at the end begins anew. */
  #placeFor(bytes: number): { readonly block: Buffer; readonly start: number } {
    this.#block ??= Buffer.allocUnsafeSlow(this.#capacity);
    const left = this.#capacity - (this.#head % this.#capacity);
    return { block: this.#block, start: bytes > left ? this.#head + left : this.#head };
  }

  /** Forgets all, and gives the memory back. Places from before, as those of answers on their way, stay forgotten. */
  clear(): void {
    this.#block = null;
    this.#head += 2 * this.#capacity - (this.#head % Math.max(1, this.#capacity));
  }
}
