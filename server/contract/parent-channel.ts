/**
 * What a server and the program that started it (the desktop shell) say to each other, over the IPC channel that
 * `child_process.spawn` makes. When the channel ends, the server ends too, whatever became of its parent.
 */

/** What the server says. `starting` comes first, then `ready` or `failed`. */
export type ServerMessage =
  | { readonly event: 'starting'; readonly dataDir: string }
  | {
      readonly event: 'ready';
      readonly port: number;
      /** The console's address, with `/` at the end. */
      readonly console: string;
      /** Null while HTTPS is off. */
      readonly httpsPort: number | null;
      /** SHA-256 of the local authority, hexadecimal pairs with colons; null before there is one. */
      readonly authority: string | null;
    }
  | {
      readonly event: 'failed';
      /** What was wrong and what to do. */
      readonly message: string;
      /** Each wrong setting, when that was the reason. */
      readonly faults: readonly string[];
    }
  | { readonly event: 'sign-in-link'; readonly url: string }
  | {
      readonly event: 'elevation';
      readonly id: string;
      /** Null when the id is unknown or too old. */
      readonly command: { readonly purpose: string; readonly program: string; readonly args: readonly string[] } | null;
    };

/** What the parent asks of a server that is ready. */
export type ParentMessage =
  /** A new one-time link to the console; the answer is the event of this name. */
  | { readonly ask: 'sign-in-link' }
  /** What stands behind an id of `contract/elevation.ts`; the answer is the event of this name. */
  | { readonly ask: 'elevation'; readonly id: string };
