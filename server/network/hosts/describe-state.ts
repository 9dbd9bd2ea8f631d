import type { HostsBackup, HostsEntry, HostsProblem, HostsSettings, HostsState } from '../../contract/names.ts';
import { blockProblems } from './block-problems.ts';
import { type BlockOwner, ownLines, putBlock, readBlock } from './edit-block.ts';
import { NO_FILE } from './hosts-errors.ts';
import type { InspectedFile } from './inspect-file.ts';
import type { HostsChange } from './last-change.ts';
import { lineEndings, splitLines } from './lines.ts';
import { type BlockEntry, entryLine } from './markers.ts';
import { namesElsewhere, readMappings } from './names-in-file.ts';
import type { PlatformName } from './wanted-entries.ts';
import { lookAtWsl, WSL_FILES, type WslFiles } from './wsl.ts';

/** A hosts file beside what it should hold. */
export interface HostsView {
  readonly file: InspectedFile;
  readonly settings: HostsSettings;
  readonly names: readonly PlatformName[];
  readonly wanted: readonly HostsEntry[];
  readonly owner: BlockOwner;
}

export interface HostsHistory {
  readonly backups: readonly HostsBackup[];
  readonly lastChange: HostsChange | null;
  readonly problem: HostsProblem | null;
  readonly wsl?: WslFiles;
}

/** The state as the console reads it. @param history null where only the file itself matters */
export async function describeState(view: HostsView, history: HostsHistory | null): Promise<HostsState> {
  const { file, settings, wanted, owner } = view;
  const bytes = file.bytes ?? Buffer.alloc(0);
  const { lines } = splitLines(bytes);
  const reading = readBlock(bytes, owner);
  const inStep = (some: Buffer) => putBlock(some, wanted, owner).equals(some);
  const wsl = await lookAtWsl(history?.wsl ?? WSL_FILES, inStep);
  const { lastChange = null, backups = [], problem = null } = history ?? {};
  const isInStep = file.bytes !== null && inStep(file.bytes);
  return {
    path: file.path,
    access: file.access,
    hash: file.stamp === NO_FILE ? null : file.stamp,
    bytes: bytes.length,
    lines: lines.length,
    lineEnding: lineEndings(lines),
    problems: [
      ...(problem ? [problem] : []),
      ...file.problems,
      ...waitingForRights(view, isInStep, reading.entries),
      ...blockProblems(reading),
      ...elsewhere(view, bytes),
      ...wsl.problems,
    ],
    settings,
    wanted: [...wanted],
    present: [...reading.entries],
    isInStep,
    lastChange: lastChange && {
      at: lastChange.at,
      action: lastChange.action,
      added: lastChange.added,
      removed: lastChange.removed,
      canUndo:
        lastChange.action !== 'undo' &&
        lastChange.after === file.stamp &&
        backups.some(({ id }) => id === lastChange.backup),
    },
    backups: [...backups],
    otherFiles: wsl.otherFiles,
  };
}

/** The file is to be kept in step, and only an administrator can. */
function waitingForRights(
  { file, settings, wanted }: HostsView,
  isInStep: boolean,
  present: readonly BlockEntry[],
): HostsProblem[] {
  if (isInStep || !settings.keepInStep || file.access !== 'needs_rights') return [];
  const [before, after] = [new Set(present.map(entryLine)), new Set(wanted.map(entryLine))];
  const count =
    [...after].filter((line) => !before.has(line)).length + [...before].filter((line) => !after.has(line)).length;
  return [
    {
      code: 'needs_rights',
      severity: 'warning',
      message: `${count} ${count === 1 ? 'line is' : 'lines are'} out of step and wait for administrator rights.`,
      fix: 'Write them all at once: orion hosts sync --sudo',
    },
  ];
}

function elsewhere({ file, wanted, owner }: HostsView, bytes: Buffer): HostsProblem[] {
  if (file.bytes === null || file.problems.some(({ code }) => code === 'encoding')) return [];
  try {
    return namesElsewhere(readMappings(file.realPath), wanted, ownLines(bytes, owner));
  } catch {
    // It was taken away since: the next look says so.
    return [];
  }
}
