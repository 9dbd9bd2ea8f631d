/**
 * Turns a program with its arguments into the line of text that @vscode/sudo-prompt takes.
 *
 * That package hands the line to shells whose quoting it only half does. So whatever could be read as more than a plain
 * argument on one of their levels is refused here, and the person gets the command for a terminal instead.
 */

/** A program with its arguments, as the server names it. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** The line; null when a part of it cannot be written safely on this system. */
export function commandLine({ program, args }: Command, platform: NodeJS.Platform): string | null {
  const parts = [program, ...args];
  if (parts.some((part) => !isSafe(part, platform))) return null;
  return parts.map((part) => (platform === 'win32' ? quoteForBatch(part) : quoteForShell(part))).join(' ');
}

/**
 * Linux: the line goes into a double-quoted argument of another shell, which reads `$`, backtick and backslash before ours
 * does. Windows: it becomes a line of a batch file, where `%` is read inside quotes as well and `"` ends them.
 */
function isSafe(part: string, platform: NodeJS.Platform): boolean {
  if (/[\x00-\x1f\x7f]/.test(part)) return false;
  return platform === 'win32' ? !/["%!]/.test(part) : !/[\\$`]/.test(part);
}

/** An apostrophe stands between double quotes, because a backslash would be read on the way. */
function quoteForShell(part: string): string {
  return `'${part.replaceAll("'", `'"'"'`)}'`;
}

/** Backslashes before the closing quote are doubled, or they would take it away. */
function quoteForBatch(part: string): string {
  return `"${part.replace(/\\+$/, '$&$&')}"`;
}
