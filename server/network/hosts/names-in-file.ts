/** Who else is named in a hosts file: read by `hostile`, which reads the format and is never let near writing. */
import { getFile } from 'hostile';
import type { HostsProblem } from '../../contract/names.ts';
import type { BlockEntry } from './markers.ts';

/** One line of a file that gives names to an address. */
export interface HostsMapping {
  /** From 1. */
  readonly line: number;
  readonly address: string;
  /** Lower case. */
  readonly names: readonly string[];
}

const MAX_REPORTED = 10;

/** Every line of a file that gives names to an address, top to bottom. @throws {Error} when it cannot be read */
export function readMappings(path: string): HostsMapping[] {
  // With formatting kept, hostile answers one item a line: a pair for a mapping, text for anything else.
  return getFile(path, true).flatMap((item, index) => {
    if (typeof item === 'string') return [];
    const [address, names] = item;
    return [{ line: index + 1, address, names: names.toLowerCase().split(/\s+/) }];
  });
}

/**
 * Says which wanted names other lines of the file have as well; those lines are never touched.
 * @param isOurs tells by its number whether a line belongs to the platform's own block
 */
export function namesElsewhere(
  mappings: readonly HostsMapping[],
  wanted: readonly BlockEntry[],
  isOurs: (line: number) => boolean,
): HostsProblem[] {
  const names = new Set(wanted.map(({ name }) => name));
  const found = new Map<string, HostsMapping[]>();
  for (const mapping of mappings) {
    if (isOurs(mapping.line)) continue;
    for (const name of new Set(mapping.names)) {
      if (names.has(name)) found.set(name, [...(found.get(name) ?? []), mapping]);
    }
  }
  const problems = [...found].map(([name, lines]) => elsewhereProblem(name, lines));
  problems.sort((a, b) => Number(b.severity === 'warning') - Number(a.severity === 'warning'));
  if (problems.length <= MAX_REPORTED) return problems;
  const rest = problems.length - MAX_REPORTED;
  const more: HostsProblem = {
    code: 'name_elsewhere',
    severity: 'note',
    message: `${rest} further names stand in other lines of the file as well.`,
    fix: null,
  };
  return [...problems.slice(0, MAX_REPORTED), more];
}

function elsewhereProblem(name: string, mappings: readonly HostsMapping[]): HostsProblem {
  const away = mappings.filter(({ address }) => !isLoopback(address));
  const where = (some: readonly HostsMapping[]) =>
    some
      .map(
        ({ line, address, names }) =>
          `${line} (${address}${names.length > 1 ? `, with ${names.length - 1} other ${names.length === 2 ? 'name' : 'names'}` : ''})`,
      )
      .join(', ');
  const lineWord = (some: readonly HostsMapping[]) => (some.length === 1 ? 'line' : 'lines');
  if (away.length > 0)
    return {
      code: 'name_elsewhere',
      severity: 'warning',
      message: `${name} leads to another machine by ${lineWord(away)} ${where(away)}. That line is not touched; the first one of the file counts.`,
      fix: `Take ${name} out of ${lineWord(away)} ${away.map(({ line }) => line).join(', ')}, or put a # before it.`,
    };
  return {
    code: 'name_elsewhere',
    severity: 'note',
    message: `${name} also stands in ${lineWord(mappings)} ${where(mappings)}, which is not touched.`,
    fix: null,
  };
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
