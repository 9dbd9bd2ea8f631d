/** The part of the memory for requests that bodies may take. */
const SHARE = 0.5;

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
  store(pieces: readonly (Buffer | string)[], bytes: number): number | null {
    if (bytes > this.#capacity) return null;
    this.#block ??= Buffer.allocUnsafeSlow(this.#capacity);
    const left = this.#capacity - (this.#head % this.#capacity);
    // In one piece: what does not fit at the end begins anew.
    const start = bytes > left ? this.#head + left : this.#head;
    let at = start % this.#capacity;
    for (const piece of pieces)
      at += typeof piece === 'string' ? this.#block.write(piece, at, 'utf8') : piece.copy(this.#block, at);
    this.#head = start + bytes;
    return start;
  }

  /** A copy of a body; null when others stand there by now. */
  read(start: number, bytes: number): Buffer | null {
    if (!this.#block || this.#head - start > this.#capacity) return null;
    const at = start % this.#capacity;
    return Buffer.from(this.#block.subarray(at, at + bytes));
  }

  /** Forgets all, and gives the memory back. Places from before, as those of answers on their way, stay forgotten. */
  clear(): void {
    this.#block = null;
    this.#head += 2 * this.#capacity - (this.#head % Math.max(1, this.#capacity));
  }
}
