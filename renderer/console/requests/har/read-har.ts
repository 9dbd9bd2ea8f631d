import { har } from '../../../../server/contract/inspect.ts';
import type { OperationInput } from '../../../../server/contract/operations.ts';

export type HarFile = OperationInput<'importHar'>['body'];

/** The contract's most; more are refused before they are sent. */
const MOST_ENTRIES = 20_000;

/**
 * Reads the text of a HAR file.
 * @throws {Error} that says what the file is instead, and where one is got
 */
export function readHar(text: string): HarFile {
  let value: unknown;
  try {
    // Some programs put a byte order mark before it.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Error('The file is no JSON, so it is no HAR file. Browsers save one from the Network panel.');
  }
  const entries = (value as { log?: { entries?: unknown } } | null)?.log?.entries;
  if (!Array.isArray(entries)) throw new Error('The file has no log.entries, so it is no HAR file.');
  if (entries.length > MOST_ENTRIES)
    throw new Error(`The file has ${entries.length} requests; at most ${MOST_ENTRIES} are read. Save fewer of them.`);
  const parsed = har.safeParse(value);
  if (!parsed.success)
    throw new Error('The file has no log.version or its entries are no objects: it is no HAR 1.2 file.');
  return parsed.data;
}
