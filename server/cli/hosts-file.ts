import { resolve } from 'node:path';
import type { HostsPlan, HostsState } from '../contract/names.ts';
import { HostsBackups } from '../network/hosts/backups.ts';
import { diffHosts } from '../network/hosts/diff-hosts.ts';
import { putBlock, removeBlock } from '../network/hosts/edit-block.ts';
import { HostsBlockedError } from '../network/hosts/hosts-errors.ts';
import { type InspectedFile, inspectFile } from '../network/hosts/inspect-file.ts';
import { blockIdOf } from '../network/hosts/location.ts';
import { type BlockEntry, entryLine } from '../network/hosts/markers.ts';
import { writeHostsFile } from '../network/hosts/write-hosts-file.ts';

export interface FileChange {
  readonly action: 'sync' | 'clean';
  /** Another file than the server's own, such as that of Windows beside WSL. */
  readonly file: string;
  readonly dataDir: string;
  /** What the server wants. */
  readonly state: HostsState;
  /** Whether names also lead to ::1; undefined: as the server has it. */
  readonly ipv6: boolean | undefined;
}

/** What would change in a file of the caller's choice. */
export async function planFile(change: FileChange): Promise<HostsPlan> {
  return (await draft(change)).plan;
}

/** Changes a file of the caller's choice, as this user. @throws {HostsBlockedError} when it cannot be written */
export async function changeFile(change: FileChange): Promise<HostsPlan> {
  const { plan, content, inspected } = await draft(change);
  if (!plan.changes) return plan;
  if (inspected.access !== 'writable') {
    const problem = inspected.problems.find(({ severity }) => severity === 'failed') ?? inspected.problems.at(-1);
    throw new HostsBlockedError(
      'hosts_blocked',
      `${problem?.message ?? `${plan.path} cannot be written.`} ${problem?.fix ?? ''}`.trim(),
    );
  }
  const backups = new HostsBackups(change.dataDir);
  await writeHostsFile({
    path: plan.path,
    expected: plan.expected,
    change: () => content,
    backup: (current) => backups.keep(current, change.action, plan.added + plan.removed),
    journalFolder: change.dataDir,
  });
  return plan;
}

async function draft({ action, file, dataDir, state, ipv6 }: FileChange): Promise<{
  readonly plan: HostsPlan;
  readonly content: Buffer;
  readonly inspected: InspectedFile;
}> {
  const inspected = await inspectFile(resolve(file), false);
  const current = inspected.bytes ?? Buffer.alloc(0);
  const entries = wantedEntries(state, ipv6);
  const owner = { id: blockIdOf(dataDir), known: new Set(bothAddresses(state).map(entryLine)) };
  const content = action === 'sync' ? putBlock(current, entries, owner) : removeBlock(current, owner);
  const { lines, added, removed } = diffHosts(current, content);
  const plan: HostsPlan = {
    action,
    path: inspected.path,
    expected: inspected.stamp,
    added,
    removed,
    changes: !content.equals(current),
    diff: [...lines],
    needsRights: false,
    problems: [...inspected.problems],
  };
  return { plan, content, inspected };
}

function wantedEntries(state: HostsState, ipv6 = state.settings.ipv6): BlockEntry[] {
  return ipv6 ? bothAddresses(state) : bothAddresses(state).filter(({ address }) => address === '127.0.0.1');
}

function bothAddresses({ wanted }: HostsState): BlockEntry[] {
  const names = [...new Set(wanted.map(({ name }) => name))];
  return names.flatMap((name) => (['127.0.0.1', '::1'] as const).map((address) => ({ name, address })));
}
