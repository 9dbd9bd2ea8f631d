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
  if (options.format === 'json' && (error instanceof AppError || error instanceof StartupError)) {
    const code = error instanceof AppError ? error.code : 'cannot_start';
    process.stderr.write(
      `${JSON.stringify({ error: { code, message: error.message, faults: error.faults } }, null, 2)}\n`,
    );
  } else if (error instanceof AppError || error instanceof StartupError) {
    process.stderr.write(`${error.message}\n`);
    if (error instanceof StartupError)
      for (const { field, message } of error.faults) process.stderr.write(`  ${field}: ${message}\n`);
  } else {
    process.stderr.write(`${(error as Error)?.stack ?? String(error)}\n`);
  }
  if (error instanceof StartupError) return error.exitCode;
  return error instanceof AppError && (error.status === 400 || error.status === 422) ? 2 : 1;
}
