/** What programs of macOS and Windows say about who listens. */

/** One process that listens on a port. */
export interface Listener {
  readonly pid: number;
  readonly command: string | null;
  readonly user: string | null;
}

/** Reads `lsof -nP -iTCP:PORT -sTCP:LISTEN -F pcL`: one field a line, its letter first; `p` begins a process. */
export function parseLsof(text: string): Listener[] {
  const found: { pid: number; command: string | null; user: string | null }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const value = line.slice(1);
    const last = found.at(-1);
    if (/^p\d+$/.test(line)) found.push({ pid: Number(value), command: null, user: null });
    else if (last && line.startsWith('c')) last.command = value;
    else if (last && line.startsWith('L')) last.user = value;
  }
  return found;
}

/** Reads `netstat -ano -p TCP` of Windows; the words of its states are translated, the columns are not. */
export function parseNetstat(text: string, port: number): number[] {
  const pids = text.split(/\r?\n/).flatMap((line) => {
    const [protocol, local, foreign, , pid] = line.trim().split(/\s+/);
    const listens = /^TCP/i.test(protocol ?? '') && /:0$/.test(foreign ?? '') && local?.endsWith(`:${port}`) === true;
    return listens && /^\d+$/.test(pid ?? '') ? [Number(pid)] : [];
  });
  return [...new Set(pids)];
}
