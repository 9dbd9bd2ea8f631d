import { existsSync } from 'node:fs';
import { type InspectorSettings, inspectorSettings } from '../contract/inspect.ts';
import type { RequestSummary } from '../contract/requests.ts';
import type { PlatformDatabase } from '../database/platform-database.ts';
import { openRequestFile, type RequestFile } from '../database/request-file.ts';
import type { Logger } from './log.ts';
import type { OtlpExport } from './otlp-export.ts';
import { RequestKeeper, restoredFrom } from './request-keeper.ts';
import type { RequestRecorder } from './request-recorder.ts';

/** Where settings are kept. */
type SettingStore = Pick<PlatformDatabase, 'readSetting' | 'writeSetting'>;

export interface InspectorOptions {
  readonly settings: SettingStore;
  readonly isDevelopment: boolean;
  readonly recorder: RequestRecorder;
  readonly kept: KeptRequests | null;
  readonly otlp: OtlpExport;
  readonly log: Pick<Logger, 'warn'>;
}

type Changes = { readonly [Name in keyof InspectorSettings]?: InspectorSettings[Name] | undefined };

const NAME = 'inspector';

/** The file of requests of earlier runs. */
export interface KeptRequests {
  readonly open: () => RequestFile;
  /** Open when there was a file at the start. */
  readonly file: RequestFile | null;
  readonly restored: readonly RequestSummary[];
}

/**
 * Opens what an earlier run has kept, when it has kept anything: the file is there exactly as long as requests are kept.
 * Never fails; a damaged file is moved aside with a warning.
 * @param filename null when nothing is recorded; a file that is there stays then
 */
export function openKeptRequests(
  filename: string | null,
  maxBytes: number,
  log: Pick<Logger, 'warn'>,
): KeptRequests | null {
  if (filename === null) return null;
  const open = () =>
    openRequestFile(filename, maxBytes, (movedTo, reason) =>
      log.warn(
        { event: 'inspector', movedTo },
        `the requests of earlier runs cannot be read (${reason}); the file is now ${movedTo}`,
      ),
    );
  if (!existsSync(filename)) return { open, file: null, restored: [] };
  try {
    const file = open();
    return { open, file, restored: restoredFrom(file) };
  } catch (error) {
    log.warn({ event: 'inspector', err: error }, 'the requests of earlier runs cannot be opened');
    return { open, file: null, restored: [] };
  }
}

/** How requests are recorded: the settings in force, and what follows from changing them. */
export class Inspector {
  readonly #options: InspectorOptions;
  #current: InspectorSettings;
  #keeper: RequestKeeper | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(options: InspectorOptions) {
    this.#options = options;
    this.#current = defaults(options.isDevelopment);
  }

  /** The settings in force; read for every request. */
  get current(): InspectorSettings {
    return this.#current;
  }

  /** How the last sending of traces went; null before the first. */
  get otlpState(): string | null {
    return this.#options.otlp.state;
  }

  /** Bytes on disk of the kept requests. */
  get storedBytes(): number {
    return this.#keeper?.size() ?? 0;
  }

  /** Reads the settings and begins what they ask for; call it once, before requests come. */
  async load(): Promise<void> {
    await this.#read();
    const { file = null, restored = [] } = this.#options.kept ?? {};
    if (file && this.#current.keepAcrossRestarts) this.#keepIn(file, restored.at(-1)?.sequence ?? 0);
    else file?.remove();
    this.#apply();
  }

  /** Changes settings, for good. */
  async change(changes: Changes): Promise<InspectorSettings> {
    const next = { ...this.#current, ...withoutAbsent(changes) };
    await this.#options.settings.writeSetting(NAME, next);
    this.#current = next;
    this.#apply();
    for (const listener of this.#listeners) listener();
    return next;
  }

  /** Calls `listener` after each change that was made here. Returns the function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes over what another process of the platform has changed. */
  async follow(): Promise<void> {
    await this.#read();
    this.#apply();
  }

  /** Writes and sends what is left. */
  async close(): Promise<void> {
    this.#keeper?.close();
    this.#keeper = null;
    await this.#options.otlp.close();
  }

  async #read(): Promise<void> {
    // What another version wrote may lack members, or have more.
    const kept = inspectorSettings.partial().safeParse(await this.#options.settings.readSetting(NAME));
    if (kept.success) this.#current = { ...this.#current, ...withoutAbsent(kept.data) };
  }

  #apply(): void {
    const { keepAcrossRestarts, otlpEndpoint } = this.#current;
    const { kept, otlp } = this.#options;
    if (keepAcrossRestarts && kept && !this.#keeper) this.#openKeeper(kept);
    if (!keepAcrossRestarts) {
      this.#keeper?.remove();
      this.#keeper = null;
    }
    otlp.sendTo(otlpEndpoint);
  }

  #openKeeper(kept: KeptRequests): void {
    try {
      this.#keepIn(kept.open(), 0);
    } catch (error) {
      this.#options.log.warn(
        { event: 'inspector', err: error },
        `requests cannot be kept for the next start: ${(error as Error).message}`,
      );
    }
  }

  #keepIn(file: RequestFile, written: number): void {
    this.#keeper = new RequestKeeper(file, this.#options.recorder, this.#options.log, written);
  }
}

function defaults(isDevelopment: boolean): InspectorSettings {
  return {
    bodies: isDevelopment,
    bodyKilobytes: 64,
    keepAcrossRestarts: false,
    slowRequestMs: 500,
    slowStatementMs: 50,
    debugBar: isDevelopment,
    otlpEndpoint: null,
  };
}

/** A member that is undefined was not given. */
function withoutAbsent(changes: Changes) {
  return Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<InspectorSettings>;
}
