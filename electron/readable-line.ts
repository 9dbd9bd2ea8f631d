const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** A line of the server's log for people: JSON becomes time (UTC), level and message; any other line stays as it is. */
export function readableLine(line: string): string {
  const entry = parse(line);
  if (!entry) return line;
  const { time, level, msg, err } = entry;
  const clock = typeof time === 'string' ? time.slice(11, 19) : '--:--:--';
  const name = (typeof level === 'number' ? LEVELS[level] : undefined) ?? 'log';
  const text = typeof msg === 'string' ? msg : '';
  const reason = err?.message && err.message !== text ? err.message : '';
  return `${clock} ${name.padEnd(5)} ${[text, reason].filter(Boolean).join(': ')}`;
}

/** Whether a line was written for people, such as progress or the reason for not starting. */
export function isPlainLine(line: string): boolean {
  return line.trim() !== '' && parse(line) === null;
}

interface LogEntry {
  readonly time?: unknown;
  readonly level?: unknown;
  readonly msg?: unknown;
  readonly err?: { readonly message?: string } | null;
}

function parse(line: string): LogEntry | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return null;
  }
}
