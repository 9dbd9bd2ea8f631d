import { createInterface } from 'node:readline/promises';
import { StartupError } from '../errors.ts';

/**
 * Asks whether to go on, on a terminal.
 * @param otherwise said when the answer is not yes, such as `Nothing was removed.`
 * @throws {StartupError} when nobody says yes; exit code 2 when there is nobody to ask
 */
export async function confirm(question: string, otherwise: string): Promise<void> {
  if (!process.stdin.isTTY || process.env['CI'])
    throw new StartupError(`${question} Add --yes to do it without being asked.`, 2);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question}\nType "yes" to go on: `);
  terminal.close();
  if (answer.trim().toLowerCase() !== 'yes') throw new StartupError(otherwise);
}
