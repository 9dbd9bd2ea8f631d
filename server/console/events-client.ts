import type { Writable } from 'node:stream';

/** What a client may leave unread; more than what it can be sent at once after it was away. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/** One open stream of events. */
export class EventClient {
  /** Whether its caller may still have it; a session can end while a stream is open. */
  readonly isAllowed: () => Promise<boolean>;
  readonly #stream: Writable;
  readonly #letGo: () => void;

  /** @param letGo drops the connection with everything that was not read */
  constructor(stream: Writable, letGo: () => void, isAllowed: () => Promise<boolean>) {
    this.#stream = stream;
    this.#letGo = letGo;
    this.isAllowed = isAllowed;
  }

  /** A client that does not read is let go; when it comes back it gets what it missed. */
  send(text: string): void {
    if (this.#stream.writableEnded || this.#stream.destroyed) return;
    this.#stream.write(text);
    if (this.#stream.writableLength > MAX_UNREAD_BYTES) this.#letGo();
  }

  end(): void {
    this.#stream.end();
  }
}
