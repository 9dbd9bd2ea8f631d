/** A line of Linux's `/proc/net/tcp` or `tcp6` that listens. */
export interface ListeningSocket {
  readonly port: number;
  /** Number in `/proc/PID/fd`, as `socket:[12345]`. */
  readonly inode: string;
  /** Number of the user who opened it. */
  readonly uid: number;
}

/** State 0A: it listens. Source: Linux, include/net/tcp_states.h. */
const LISTENS = '0A';

/** Reads the table; lines that are not understood are left out. */
export function parseProcNetTcp(text: string): ListeningSocket[] {
  return text.split('\n').flatMap((line) => {
    const [, local, , state, , , , uid, , inode] = line.trim().split(/\s+/);
    const port = /^[0-9A-F]+:([0-9A-F]{4})$/i.exec(local ?? '')?.[1];
    if (port === undefined || state?.toUpperCase() !== LISTENS || !/^\d+$/.test(inode ?? '')) return [];
    return [{ port: Number.parseInt(port, 16), inode: inode ?? '', uid: Number(uid) }];
  });
}
