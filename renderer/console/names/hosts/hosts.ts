import type { DiffLine, HostsPlan, HostsState } from '../../../../server/contract/names.ts';
import { count } from '../../../shared/format.ts';

export interface HostsSummary {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly title: string;
}

/** How the file stands to the stores' names, in a line. */
export function hostsSummary(state: HostsState, plan: HostsPlan | undefined): HostsSummary {
  if (state.access === 'blocked') return { tone: 'bad', title: 'The hosts file cannot be written' };
  if (state.isInStep) {
    const names = new Set(state.wanted.map(({ name }) => name)).size;
    return { tone: 'good', title: `In step: ${count(names, 'name')} in the hosts file` };
  }
  return { tone: 'warn', title: plan?.changes ? `Not in step: ${pendingOf(plan)}` : 'Not in step' };
}

/** `6 names to add and 2 to remove`. */
export function pendingOf({ added, removed }: Pick<HostsPlan, 'added' | 'removed'>): string {
  if (added === 0 && removed === 0) return 'the block is written differently';
  if (added === 0) return `${count(removed, 'name')} to remove`;
  return `${count(added, 'name')} to add${removed > 0 ? ` and ${removed} to remove` : ''}`;
}

/** What the primary button says it does. */
export function writeLabel(state: HostsState): string {
  const names = new Set(state.wanted.map(({ name }) => name)).size;
  return names === 0 ? 'Write the file' : `Write ${count(names, 'name')}`;
}

/** A line of a diff as it is drawn; `gap` stands for lines left out. */
export interface ShownLine {
  readonly key: string;
  readonly kind: DiffLine['kind'] | 'gap';
  readonly sign: '+' | '-' | '';
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

const SIGNS = { same: '', added: '+', removed: '-' } as const;

/** A diff's lines with what is drawn before each. */
export function shownLines(diff: readonly DiffLine[]): readonly ShownLine[] {
  return diff.map(({ kind, text, before, after }, index) => ({
    key: `${index}`,
    kind: text === '…' && before === null && after === null ? 'gap' : kind,
    sign: SIGNS[kind],
    text,
    before: before === null ? '' : String(before),
    after: after === null ? '' : String(after),
  }));
}

const ENDINGS: Readonly<Record<HostsState['lineEnding'], string>> = {
  lf: 'LF',
  crlf: 'CRLF',
  mixed: 'mixed line endings',
  none: 'one line',
};

/** `221 B, 7 lines, LF`. */
export function fileFacts({ lines, lineEnding }: HostsState, bytes: string): string {
  return `${bytes}, ${count(lines, 'line')}, ${ENDINGS[lineEnding]}`;
}
