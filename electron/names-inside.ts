import { join } from 'node:path';
import { type Session, session, type WebContents } from 'electron';
import { askForStore } from './ask-console.ts';
import type { ElevationResult, ServerState } from './bridge.ts';
import { trustOwnAuthority } from './certificate-trust.ts';
import { systemElevator } from './elevation.ts';
import { judgeNavigation } from './navigation.ts';
import { goDirectly } from './resolver-rules.ts';
import { Rights } from './rights.ts';
import { guardPermissions, type PageRules } from './security.ts';
import { StoreWindows } from './store-windows.ts';
import type { Supervisor } from './supervisor.ts';

export interface NamesInsideOptions {
  /** Where the bundle's files are. */
  readonly folder: string;
  readonly supervisor: Supervisor;
  /** The console's address; null before the first server was ready. */
  readonly consoleAddress: () => string | null;
  /** Signs the console's session in anew; false when that did not work. */
  readonly signIn: () => Promise<boolean>;
}

/** The platform's names inside the app: the sessions that reach them, the stores' windows, and the rights to change them outside. */
export class NamesInside {
  readonly #options: NamesInsideOptions;
  readonly #stores: StoreWindows;
  readonly #rights: Rights;

  constructor(options: NamesInsideOptions) {
    const { folder, supervisor, consoleAddress, signIn } = options;
    this.#options = options;
    this.#stores = new StoreWindows({
      icon: join(folder, 'icons/window.png'),
      dataDir: () => supervisor.dataDir,
      ask: (url) => askForStore(url, { session: session.defaultSession, address: consoleAddress(), signIn }),
    });
    this.#rights = new Rights({
      commandOf: (id) => supervisor.elevation(id),
      elevator: () => systemElevator(join(process.resourcesPath, 'icon.icns')),
    });
  }

  /** Makes the console's session ready; once, when Electron is. */
  begin(): void {
    const { supervisor, consoleAddress } = this.#options;
    guardPermissions(session.defaultSession, consoleAddress);
    trustOwnAuthority(session.defaultSession, () => supervisor.dataDir);
    void goDirectly(session.defaultSession);
  }

  /** Where a page may go: the console's own rules, or those of a store's window. */
  rulesOf({ session: own }: WebContents): PageRules {
    if (own !== this.#stores.session)
      return { judge: (url, isMainFrame) => judgeNavigation(url, this.#options.consoleAddress(), isMainFrame) };
    return {
      judge: (url, isMainFrame) => this.#stores.judge(url, isMainFrame),
      openInside: (url) => {
        this.#stores.open(url).catch((error: Error) => process.stderr.write(`${error.message}\n`));
      },
    };
  }

  /** @param url from a page, so anything. @throws {TypeError} when it is no address of this server */
  openStore(url: unknown): Promise<void> {
    return this.#stores.open(url);
  }

  /** Runs what the server has registered under an id. @param id from a page, so anything */
  async elevate(id: unknown): Promise<ElevationResult> {
    const result = await this.#rights.run(id);
    if (result.outcome === 'done') await this.clear();
    return result;
  }

  /** Lets Chromium forget what it knows of names. */
  async clear(): Promise<void> {
    const sessions: readonly Session[] = [session.defaultSession, this.#stores.session];
    await Promise.all(sessions.map((own) => own.clearHostResolverCache()));
  }

  /** Windows that could not load come back with the server. */
  follow({ status }: ServerState): void {
    if (status === 'running') this.#stores.retry();
  }

  closeStores(): void {
    this.#stores.closeAll();
  }
}
