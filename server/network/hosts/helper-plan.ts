/**
 * The plan that a run with administrator rights follows. It is written by the server, and checked again by the helper,
 * which trusts nothing: its hash stands on the command line that the person has agreed to.
 */
import { hashOf } from './hosts-bytes.ts';
import { type BlockEntry, entryLine, readEntryLine } from './markers.ts';
import { isHostName } from './wanted-entries.ts';

export const MAX_ENTRIES = 20_000;
const MAX_CONTENT_BYTES = 64 * 1024 * 1024;

export type HelperPlan = {
  readonly file: string;
  /** Stamp of the file that the plan was made for. */
  readonly expected: string;
} & (
  | {
      readonly action: 'put';
      readonly id: string;
      readonly known: readonly string[];
      readonly entries: readonly BlockEntry[];
    }
  | { readonly action: 'remove'; readonly id: string; readonly known: readonly string[] }
  /** A backup, byte for byte. */
  | { readonly action: 'content'; readonly content: Buffer }
);

/** The plan as bytes of a file. */
export function writePlan(plan: HelperPlan): Buffer {
  const content = plan.action === 'content' ? { ...plan, content: plan.content.toString('base64') } : plan;
  return Buffer.from(JSON.stringify(content));
}

/**
 * Reads a plan.
 * @throws {Error} naming what is not as it must be
 */
export function readPlan(bytes: Buffer, hash: string): HelperPlan {
  if (hashOf(bytes) !== hash) throw new Error('The plan is not the one that was agreed to: its hash is another.');
  const plan = JSON.parse(bytes.toString('utf8')) as Readonly<Record<string, unknown>>;
  const { file, expected, action } = plan;
  if (typeof file !== 'string' || typeof expected !== 'string' || !/^([0-9a-f]{64}|none)$/.test(expected))
    throw new Error('The plan names no file, or none that it was made for.');
  if (action === 'content') return { file, expected, action, content: readContent(plan['content']) };
  if (action !== 'put' && action !== 'remove') throw new Error('The plan has no action that is known here.');
  const { id } = plan;
  if (typeof id !== 'string' || !/^[0-9a-f]{8}$/.test(id)) throw new Error('The plan has no id of a block.');
  const known = readLines(plan['known'], 8 * MAX_ENTRIES).map(entryLine);
  if (action === 'remove') return { file, expected, action, id, known };
  return { file, expected, action, id, known, entries: readLines(plan['entries'], MAX_ENTRIES) };
}

function readContent(value: unknown): Buffer {
  if (typeof value !== 'string' || value.length > MAX_CONTENT_BYTES || !/^[A-Za-z0-9+/]*={0,2}$/.test(value))
    throw new Error('The plan has no content, or too much of it.');
  return Buffer.from(value, 'base64');
}

/** Names on loopback addresses and nothing else. */
function readLines(value: unknown, limit: number): BlockEntry[] {
  if (!Array.isArray(value) || value.length > limit) throw new Error('The plan has no list of names, or too many.');
  return value.map((item: unknown) => {
    const text = typeof item === 'string' ? item : entryText(item);
    const entry = readEntryLine(text);
    if (!entry || !isHostName(entry.name))
      throw new Error(
        `The plan holds a line that is not a name on a loopback address: ${JSON.stringify(text.slice(0, 100))}.`,
      );
    return entry;
  });
}

function entryText(item: unknown): string {
  const { address, name } = (item ?? {}) as Readonly<Record<string, unknown>>;
  return `${address} ${name}`;
}
