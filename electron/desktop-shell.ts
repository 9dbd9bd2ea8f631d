import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { app, type BrowserWindow, clipboard, Menu, session, shell, type Tray, type WebContents } from 'electron';
import type { DesktopCommand, DesktopSettings, FailureReport, ServerState } from './bridge.ts';
import { reportText } from './failure-report.ts';
import { announce, answerPages } from './ipc.ts';
import { type MenuState, menuTemplate } from './menu.ts';
import { NamesInside } from './names-inside.ts';
import { judgeNavigation } from './navigation.ts';
import { readableLine } from './readable-line.ts';
import { openOutside, type PageRules } from './security.ts';
import type { ServerLocation } from './server-location.ts';
import { Settings } from './settings.ts';
import { Supervisor } from './supervisor.ts';
import { createTray } from './tray.ts';
import { View } from './view.ts';
import { bringToFront, createWindow } from './window.ts';

const SHOWN_LINES = 20;
const REPORTED_LINES = 200;

export interface ShellOptions {
  /** Where the bundle's files are: preload, pages, icons. */
  readonly folder: string;
  readonly location: ServerLocation;
  readonly serverArgs: readonly string[];
  /** Whether someone reads standard output and error. */
  readonly hasTerminal: boolean;
}

/** The app's parts, put together: server, window, menu, tray, and the pages' questions. */
export class DesktopShell {
  readonly #folder: string;
  readonly #pages: { readonly starting: string; readonly failure: string };
  readonly #settings = new Settings(join(app.getPath('userData'), 'settings.json'));
  readonly #supervisor: Supervisor;
  readonly #names: NamesInside;
  #window: BrowserWindow | null = null;
  #view: View | null = null;
  #tray: Tray | null = null;
  #menuState: MenuState | null = null;
  #ending: Promise<number> | null = null;

  constructor({ folder, location, serverArgs, hasTerminal }: ShellOptions) {
    this.#folder = folder;
    this.#pages = { starting: join(folder, 'pages/starting.html'), failure: join(folder, 'pages/failure.html') };
    this.#supervisor = new Supervisor({
      location,
      args: serverArgs,
      stdout: hasTerminal ? 'inherit' : 'ignore',
      onState: (state) => this.#follow(state),
      onLine: (line) => {
        if (hasTerminal) process.stderr.write(`${readableLine(line)}\n`);
      },
    });
    this.#names = new NamesInside({
      folder,
      supervisor: this.#supervisor,
      consoleAddress: () => this.consoleAddress,
      signIn: () => this.#signInQuietly(),
    });
  }

  /** The console's address; null before the first server was ready. */
  get consoleAddress(): string | null {
    return this.#supervisor.server?.console ?? null;
  }

  get keepsServerRunning(): boolean {
    return this.#settings.get().keepServerRunning;
  }

  rulesOf(contents: WebContents): PageRules {
    return this.#names.rulesOf(contents);
  }

  /** Starts the server and opens the window; once, when Electron is ready. */
  begin(): void {
    this.#names.begin();
    this.#answerPages();
    this.#refreshMenu();
    this.#refreshTray();
    this.#supervisor.start();
    this.open();
  }

  /** Shows the window, which is made when there is none. */
  open(): void {
    if (this.#window) bringToFront(this.#window);
    else if (app.isReady() && !this.#ending) this.#makeWindow();
  }

  /** Ends the server; resolves with the exit code when nothing is left: 1 when the server could not run. */
  end(): Promise<number> {
    this.#ending ??= this.#supervisor.stop().then(() => (this.#supervisor.state.status === 'failed' ? 1 : 0));
    return this.#ending;
  }

  #makeWindow(): void {
    const files = {
      preload: join(this.#folder, 'preload.cjs'),
      icon: join(this.#folder, 'icons/window.png'),
      state: join(app.getPath('userData'), 'window-state.json'),
    };
    const window = createWindow(files, app.getVersion());
    this.#window = window;
    this.#view = new View(window, {
      pages: this.#pages,
      state: () => this.#supervisor.state,
      consoleAddress: () => this.consoleAddress,
      signInLink: () => this.#supervisor.signInLink(),
    });
    window.on('closed', () => {
      this.#window = null;
      this.#view = null;
      this.#names.closeStores();
    });
  }

  #follow(state: ServerState): void {
    if (this.#ending) return;
    this.#view?.follow(state);
    announce(this.#window, 'server:state', state);
    this.#names.follow(state);
    this.#refreshMenu();
  }

  #answerPages(): void {
    answerPages(
      {
        'settings:get': () => this.#settings.get(),
        'settings:set': (change) => this.#changeSettings(change),
        'data-folder:open': () => this.#openDataFolder(),
        'external:open': (url) => openOutside(url),
        'store:open': (url) => this.#names.openStore(url),
        'elevation:run': (id) => this.#names.elevate(id),
        'names:clear': () => this.#names.clear(),
        'server:restart': () => this.#supervisor.restart(),
        'server:state': () => this.#supervisor.state,
        'session:sign-in': () => this.#signInQuietly(),
        'failure:read': () => this.#failure(SHOWN_LINES),
        'failure:copy': () => this.#copyReport(),
        'failure:try-again': () => this.#tryAgain(),
      },
      { window: () => this.#window, audienceOf: (url) => this.#audienceOf(url) },
    );
  }

  #audienceOf(url: string): 'console' | 'shell' | null {
    if (Object.values(this.#pages).some((page) => pathToFileURL(page).href === url)) return 'shell';
    return judgeNavigation(url, this.consoleAddress, true) === 'allow' ? 'console' : null;
  }

  #changeSettings(change: unknown): DesktopSettings {
    const settings = this.#settings.set(change);
    this.#refreshMenu();
    this.#refreshTray();
    return settings;
  }

  async #openDataFolder(): Promise<void> {
    const { dataDir } = this.#supervisor;
    if (dataDir === undefined) throw new Error('The data folder is not known: the server did not get that far.');
    const reason = await shell.openPath(dataDir);
    if (reason !== '') throw new Error(`${dataDir} was not opened: ${reason}`);
  }

  /** The cookie comes to the window's session without a page being left. */
  async #signInQuietly(): Promise<boolean> {
    const link = await this.#supervisor.signInLink();
    if (link === null) return false;
    const { ok } = await session.defaultSession.fetch(link, { credentials: 'include' });
    return ok;
  }

  #failure(lineCount: number): FailureReport {
    const report = this.#supervisor.failure(lineCount);
    if (this.#supervisor.state.status === 'failed') return report;
    return { ...report, summary: 'The window’s page ended again and again, though the server is running.' };
  }

  #copyReport(): void {
    const system = `${process.platform} ${process.arch}`;
    const about = { version: app.getVersion(), electron: process.versions.electron, system, time: new Date() };
    clipboard.writeText(reportText(this.#failure(REPORTED_LINES), about));
  }

  #tryAgain(): void {
    this.#supervisor.start();
    this.#view?.follow(this.#supervisor.state);
  }

  #refreshTray(): void {
    if (this.keepsServerRunning === (this.#tray !== null)) return;
    this.#tray?.destroy();
    const icon = join(this.#folder, 'icons/tray.png');
    this.#tray = this.keepsServerRunning ? createTray(icon, { show: () => this.open(), quit: () => app.quit() }) : null;
  }

  /** Only when something of it changes: a new menu closes one that is open. */
  #refreshMenu(): void {
    const state: MenuState = {
      isMac: process.platform === 'darwin',
      isRunning: this.#supervisor.state.status === 'running',
      hasDataDir: this.#supervisor.dataDir !== undefined,
      keepServerRunning: this.keepsServerRunning,
    };
    if (isDeepStrictEqual(state, this.#menuState)) return;
    this.#menuState = state;
    const actions = {
      send: (command: DesktopCommand) => this.#send(command),
      restartServer: () => void this.#supervisor.restart(),
      openDataFolder: () => void this.#openDataFolder().catch(report),
      copySignInLink: () => void this.#copySignInLink(),
      setKeepServerRunning: (keepServerRunning: boolean) => void this.#changeSettings({ keepServerRunning }),
      showAbout: () => app.showAboutPanel(),
    };
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, state)));
  }

  /** A window that is only made now has no console to do it yet: it is shown, and that is all. */
  #send(command: DesktopCommand): void {
    announce(this.#window, 'command', command);
    this.open();
  }

  async #copySignInLink(): Promise<void> {
    const link = await this.#supervisor.signInLink();
    if (link !== null) clipboard.writeText(link);
  }
}

/** What a menu entry could not do, for whoever reads the terminal. */
function report(error: Error): void {
  process.stderr.write(`${error.message}\n`);
}
