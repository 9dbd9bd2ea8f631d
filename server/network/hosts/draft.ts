import type { HostsActionInput } from '../../contract/names.ts';
import { ConflictError, ValidationError } from '../../errors.ts';
import type { HostsBackups } from './backups.ts';
import type { HostsView } from './describe-state.ts';
import { diffHosts, type HostsDiff } from './diff-hosts.ts';
import { putBlock, readBlock, removeBlock } from './edit-block.ts';
import type { HelperPlan } from './helper-plan.ts';
import type { HostsChange } from './last-change.ts';

/** What an action makes of the file. */
export interface Draft {
  readonly action: HostsActionInput['action'];
  readonly content: Buffer;
  readonly changes: boolean;
  readonly diff: HostsDiff;
  /** Names of the block that come or go. */
  readonly changedNames: ReadonlySet<string>;
  /** What will happen, in a sentence. */
  readonly purpose: string;
  /** The same for the helper that has administrator rights, without the file. */
  readonly helperPlan: PlanWithoutFile;
}

type WithoutFile<Plan> = Plan extends unknown ? Omit<Plan, 'file' | 'expected'> : never;
type PlanWithoutFile = WithoutFile<HelperPlan>;

export interface DraftSources {
  readonly backups: HostsBackups;
  readonly lastChange: () => Promise<HostsChange | null>;
}

/**
 * Works out what an action makes of the file.
 * @throws {ConflictError} when there is nothing to undo
 * @throws {NotFoundError} when there is no such backup
 */
export async function draftOf(view: HostsView, input: HostsActionInput, sources: DraftSources): Promise<Draft> {
  const current = view.file.bytes ?? Buffer.alloc(0);
  const { content, helperPlan } = await newContent(current, view, input, sources);
  const before = new Set(readBlock(current, view.owner).entries.map(({ name }) => name));
  const after = new Set(readBlock(content, view.owner).entries.map(({ name }) => name));
  const changedNames = new Set([
    ...[...before].filter((name) => !after.has(name)),
    ...[...after].filter((name) => !before.has(name)),
  ]);
  return {
    action: input.action,
    content,
    changes: !content.equals(current),
    diff: diffHosts(current, content),
    changedNames,
    purpose: purposeOf(input.action, view.file.path, changedNames.size),
    helperPlan,
  };
}

async function newContent(
  current: Buffer,
  { wanted, owner, file }: HostsView,
  { action, backup }: HostsActionInput,
  { backups, lastChange }: DraftSources,
): Promise<{ readonly content: Buffer; readonly helperPlan: PlanWithoutFile }> {
  const known = [...owner.known];
  if (action === 'sync') {
    const entries = wanted.map(({ name, address }) => ({ name, address }));
    return {
      content: putBlock(current, entries, owner),
      helperPlan: { action: 'put', id: owner.id, known, entries },
    };
  }
  if (action === 'clean')
    return { content: removeBlock(current, owner), helperPlan: { action: 'remove', id: owner.id, known } };
  const id = action === 'undo' ? undoable(await lastChange(), file.stamp, file.path).backup : backup;
  if (id === undefined)
    throw new ValidationError('A backup is to be restored, but none is named.', [
      { field: 'backup', message: 'must name a backup' },
    ]);
  const content = await backups.read(id);
  return { content, helperPlan: { action: 'content', content } };
}

function undoable(last: HostsChange | null, stamp: string, path: string): HostsChange {
  if (!last || last.action === 'undo') throw new ConflictError('nothing_to_undo', 'There is no change to take back.');
  if (last.after !== stamp)
    throw new ConflictError(
      'nothing_to_undo',
      `${path} was changed by another program since. Taking the last change back would lose that; restore a backup, or remove the names.`,
    );
  return last;
}

function purposeOf(action: HostsActionInput['action'], path: string, names: number): string {
  const count = names === 1 ? '1 name' : `${names} names`;
  const purposes = {
    sync: `Brings the names of the stores in ${path} up to date (${count}).`,
    clean: `Removes the names of the stores from ${path} (${count}).`,
    undo: `Takes the last change of ${path} back (${count}).`,
    restore: `Puts a backup of ${path} back.`,
  };
  return purposes[action];
}
