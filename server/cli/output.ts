import { AppError, StartupError } from '../errors.ts';

export interface OutputOptions {
  readonly format: 'text' | 'json';
}

/** Prints a result: as JSON for programs, else as the lines that `text` gives. */
export function print(options: OutputOptions, value: unknown, text: () => string): void {
  process.stdout.write(options.format === 'json' ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`);
}

/** Columns as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_name, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Prints what went wrong and returns the exit code: 1 it failed, 2 the input was wrong. */
export function reportError(error: unknown, options: OutputOptions): number {
  process.stderr.write(`${withoutPasswords(errorText(error, options))}\n`);
  if (error instanceof StartupError) return error.exitCode;
  return error instanceof AppError && (error.status === 400 || error.status === 422) ? 2 : 1;
}

function errorText(error: unknown, { format }: OutputOptions): string {
  if (!(error instanceof AppError || error instanceof StartupError)) return (error as Error)?.stack ?? String(error);
  if (format === 'json') {
    const code = error instanceof AppError ? error.code : 'cannot_start';
    return JSON.stringify({ error: { code, message: error.message, faults: error.faults } }, null, 2);
  }
  // Many messages hold their faults already.
  const faults = error.faults.filter(({ message }) => !error.message.includes(message));
  return [error.message, ...faults.map(({ field, message }) => `  ${field}: ${message}`)].join('\n');
}

/** Addresses such as `postgres://user:secret@host` with `***` for the secret. */
export function withoutPasswords(text: string): string {
  return text.replace(/(\w:\/\/[^\s:/@]*):\S*@/g, '$1:***@');
}
