import type { Elevation } from '../../contract/elevation.ts';
import type { HostsActionInput, HostsBackup } from '../../contract/names.ts';
import { HostsBackups } from './backups.ts';
import type { HostsView } from './describe-state.ts';
import { type Draft, draftOf } from './draft.ts';
import { handOver } from './hand-over.ts';
import { stampOf } from './hosts-bytes.ts';
import { canElevate, type HostsParts } from './hosts-parts.ts';
import { readHostsSettings } from './hosts-settings.ts';
import { inspectFile } from './inspect-file.ts';
import { type HostsChange, LastChange } from './last-change.ts';
import { blockIdOf } from './location.ts';
import { entriesFor, knownLines, type NameSource, platformNames } from './wanted-entries.ts';
import { recoverHostsFile, writeHostsFile } from './write-hosts-file.ts';

/** The hosts file on the desk: looked at, drafted, written, each step by itself. */
export class HostsDesk {
  readonly #parts: HostsParts;
  readonly #backups: HostsBackups;
  readonly #changes: LastChange;
  readonly #blockId: string;

  constructor(parts: HostsParts) {
    this.#parts = parts;
    this.#backups = new HostsBackups(parts.dataDir);
    this.#changes = new LastChange(parts.dataDir);
    this.#blockId = blockIdOf(parts.dataDir);
  }

  /** What names are made from. */
  async source(): Promise<NameSource> {
    const { platformDomain, stores, domains } = this.#parts;
    return { platformDomain, stores: await stores(), domains: await domains() };
  }

  /** The file beside what it should hold. */
  async look(): Promise<HostsView> {
    const { file: path, settings: kept } = this.#parts;
    const [source, settings] = await Promise.all([this.source(), readHostsSettings(kept)]);
    const names = platformNames(source);
    const owner = { id: this.#blockId, known: knownLines(source) };
    const wanted = entriesFor(names, settings.ipv6);
    return { file: await inspectFile(path, canElevate(path)), settings, names, wanted, owner };
  }

  /** What an action makes of the file; see {@link draftOf} for what it refuses. */
  draft(view: HostsView, input: HostsActionInput): Promise<Draft> {
    return draftOf(view, input, { backups: this.#backups, lastChange: () => this.lastChange(view) });
  }

  lastChange(view: HostsView): Promise<HostsChange | null> {
    return this.#changes.read(view.file.stamp);
  }

  /** Newest first. */
  backups(): Promise<HostsBackup[]> {
    return this.#backups.list();
  }

  /**
   * Writes a draft and tells of it.
   * @throws {HostsChangedError} when the file is not the one that was looked at
   */
  async write(view: HostsView, draft: Draft): Promise<void> {
    let backup = '';
    await writeHostsFile({
      path: view.file.path,
      expected: view.file.stamp,
      change: () => draft.content,
      backup: async (current) => {
        backup = await this.#backups.keep(current, draft.action, draft.changedNames.size);
      },
      journalFolder: this.#parts.dataDir,
    });
    await this.#changes.done(changeOf(draft, backup));
    this.#parts.tellChanged();
  }

  /** Registers a draft to be written by whoever has administrator rights; nothing is written yet. */
  async handOver(view: HostsView, draft: Draft): Promise<Elevation> {
    const { dataDir, elevations } = this.#parts;
    const backup = await this.#backups.keep(view.file.bytes ?? Buffer.alloc(0), draft.action, draft.changedNames.size);
    const plan = { file: view.file.path, expected: view.file.stamp, ...draft.helperPlan };
    const elevation = await handOver(plan, { dataDir, elevations, purpose: draft.purpose });
    await this.#changes.handedOver(changeOf(draft, backup));
    return elevation;
  }

  /** Completes a write that a crash cut short; returns whether there was one. */
  recover(): Promise<boolean> {
    return recoverHostsFile(this.#parts.file, this.#parts.dataDir);
  }
}

function changeOf({ action, diff, content }: Draft, backup: string): HostsChange {
  return { at: Date.now(), action, added: diff.added, removed: diff.removed, after: stampOf(content), backup };
}
