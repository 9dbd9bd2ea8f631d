import { unwatchFile, watchFile } from 'node:fs';
import type { z } from 'zod';
import type {
  applyHostsInput,
  HostsActionInput,
  HostsApplied,
  HostsPlan,
  HostsProblem,
  HostsState,
} from '../../contract/names.ts';
import { describeState, type HostsView } from './describe-state.ts';
import type { Draft } from './draft.ts';
import { flushNames } from './flush-names.ts';
import type { HostsDesk } from './hosts-desk.ts';
import { HostsBlockedError, HostsChangedError } from './hosts-errors.ts';
import type { HostsKeeper } from './hosts-keeper.ts';
import type { HostsParts } from './hosts-parts.ts';
import { changeHostsSettings } from './hosts-settings.ts';
import { systemHostsFile } from './location.ts';
import { type PlatformName, platformNames } from './wanted-entries.ts';

const MAX_PROBED = 20;
const WATCH_MS = 1000;
const WATCHED_FOR_MS = 15 * 60 * 1000;

/** The names of the platform in a hosts file: looks, plans, writes, takes back. */
export class HostsService {
  readonly #parts: HostsParts;
  readonly #desk: HostsDesk;
  readonly #keeper: HostsKeeper;
  #watchEnd: NodeJS.Timeout | null = null;

  constructor(parts: HostsParts, desk: HostsDesk, keeper: HostsKeeper) {
    this.#parts = parts;
    this.#desk = desk;
    this.#keeper = keeper;
  }

  /** How the file stands to the names of the platform. */
  async state(): Promise<HostsState> {
    const view = await this.#desk.look();
    return describeState(view, {
      backups: await this.#desk.backups(),
      lastChange: await this.#desk.lastChange(view),
      problem: this.#keeper.problem,
      ...(this.#parts.wsl ? { wsl: this.#parts.wsl } : {}),
    });
  }

  /** Every name that must lead to this server. */
  async names(): Promise<readonly PlatformName[]> {
    return platformNames(await this.#desk.source());
  }

  /** Changes how the file is kept. */
  async changeSettings(changes: Parameters<typeof changeHostsSettings>[1]): Promise<HostsState> {
    await changeHostsSettings(this.#parts.settings, changes);
    await this.#keeper.sync();
    return this.state();
  }

  /**
   * What an action would change; nothing is written.
   * @throws {ConflictError} when there is nothing to undo
   * @throws {NotFoundError} when there is no such backup
   */
  async plan(input: HostsActionInput): Promise<HostsPlan> {
    const view = await this.#desk.look();
    const { diff, changes } = await this.#desk.draft(view, input);
    const { problems } = await describeState(view, null);
    return {
      action: input.action,
      path: view.file.path,
      expected: view.file.stamp,
      added: diff.added,
      removed: diff.removed,
      changes,
      diff: [...diff.lines],
      needsRights: changes && view.file.access === 'needs_rights',
      problems,
    };
  }

  /**
   * Does what was planned, or says what needs administrator rights.
   * @param port where this server listens, for trying the names
   * @throws {HostsChangedError} when the file is not the one of the plan
   * @throws {HostsBlockedError} when the file cannot be written
   */
  async apply(input: z.infer<typeof applyHostsInput>, port: number): Promise<HostsApplied> {
    const view = await this.#desk.look();
    if (view.file.stamp !== input.expected) throw new HostsChangedError(view.file.path);
    if (view.file.access === 'blocked') throw blockedError(view);
    const draft = await this.#desk.draft(view, input);
    // What was taken out on purpose must not come back with the next change of a store.
    if (input.action !== 'sync') await changeHostsSettings(this.#parts.settings, { keepInStep: false });
    if (!draft.changes) return this.#applied({ cacheFlush: null, probes: [] });
    if (view.file.access === 'needs_rights') return this.#handOver(view, draft);
    await this.#desk.write(view, draft);
    const cacheFlush = this.#parts.file === systemHostsFile() ? await flushNames() : null;
    const changed = view.names.filter(({ name }) => draft.changedNames.has(name)).slice(0, MAX_PROBED);
    return this.#applied({ cacheFlush, probes: await this.#parts.prober.probe(changed, port) });
  }

  /** Stops looking whether somebody with administrator rights has changed the file. */
  close(): void {
    if (!this.#watchEnd) return;
    clearTimeout(this.#watchEnd);
    this.#watchEnd = null;
    unwatchFile(this.#parts.file, this.#onFileChanged);
  }

  async #handOver(view: HostsView, draft: Draft): Promise<HostsApplied> {
    const elevation = await this.#desk.handOver(view, draft);
    this.#watch();
    return { isDone: false, elevation, state: await this.state(), cacheFlush: null, probes: [] };
  }

  async #applied(result: Pick<HostsApplied, 'cacheFlush' | 'probes'>): Promise<HostsApplied> {
    return { isDone: true, elevation: null, state: await this.state(), ...result };
  }

  /** For a while, until whoever has the rights has done it. */
  #watch(): void {
    this.close();
    watchFile(this.#parts.file, { interval: WATCH_MS, persistent: false }, this.#onFileChanged);
    this.#watchEnd = setTimeout(() => this.close(), WATCHED_FOR_MS).unref();
  }

  readonly #onFileChanged = (): void => this.#parts.tellChanged();
}

function blockedError({ file }: HostsView): HostsBlockedError {
  const problem: HostsProblem | undefined =
    file.problems.find(({ severity }) => severity === 'failed') ?? file.problems[0];
  const message = [problem?.message ?? `${file.path} cannot be written.`, problem?.fix ?? ''].join(' ').trim();
  return new HostsBlockedError('hosts_blocked', message);
}
