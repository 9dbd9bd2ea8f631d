import type { BrowserWindow } from 'electron';
import { BackOff } from './back-off.ts';
import type { ServerState } from './bridge.ts';
import { judgeNavigation } from './navigation.ts';

/** Chromium's code for a load that something else has taken the place of. */
const ABORTED = -3;
const TRY_AGAIN_MS = 500;

/** The shell's own pages, as files. */
export interface ShellPages {
  readonly starting: string;
  readonly failure: string;
}

export interface ViewOptions {
  readonly pages: ShellPages;
  readonly state: () => ServerState;
  /** The console's address; null before the first server was ready. */
  readonly consoleAddress: () => string | null;
  readonly signInLink: () => Promise<string | null>;
}

/**
 * Decides what the window shows: the starting page, the console, or what failed.
 *
 * An open console stays through a restart of the server: it connects again by itself, and nothing typed is lost.
 */
export class View {
  readonly #window: BrowserWindow;
  readonly #options: ViewOptions;
  readonly #crashes = new BackOff();
  #shown: 'nothing' | 'starting' | 'failure' | 'console' = 'nothing';
  /** Where in the console the window was last. */
  #lastPlace: string | null = null;
  #shownAt = 0;
  /** On the way to the console from somewhere else. */
  #isComing = false;

  constructor(window: BrowserWindow, options: ViewOptions) {
    this.#window = window;
    this.#options = options;
    const { webContents } = window;
    webContents.on('did-navigate', (_event, url, status) => this.#arrived(url, status));
    webContents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
      if (isMainFrame && this.#isConsole(url)) this.#lastPlace = url;
    });
    webContents.on('did-fail-load', (_event, code, _description, url, isMainFrame) => {
      if (isMainFrame && code !== ABORTED && this.#isConsole(url)) this.#lost();
    });
    webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') this.#crashed();
    });
    this.follow(options.state());
  }

  /** Shows what belongs to the server's state. */
  follow({ status }: ServerState): void {
    if (status === 'running') {
      const isOpen = this.#shown === 'console' && this.#lastPlace !== null && this.#isConsole(this.#lastPlace);
      if (!isOpen) this.#showConsole();
    } else if (status === 'failed') this.#showPage('failure');
    else if (status === 'starting' || (status === 'restarting' && this.#shown !== 'console'))
      this.#showPage('starting');
  }

  #showPage(name: keyof ShellPages): void {
    if (this.#shown === name) return;
    this.#shown = name;
    void this.#load(this.#window.loadFile(this.#options.pages[name]));
  }

  /** Opens the console where it was; without a place that still exists, by a sign-in link. */
  #showConsole(): void {
    this.#shown = 'console';
    this.#shownAt = Date.now();
    this.#isComing = true;
    if (this.#lastPlace !== null && this.#isConsole(this.#lastPlace)) {
      void this.#load(this.#window.loadURL(this.#lastPlace));
    } else void this.#signIn();
  }

  async #signIn(): Promise<void> {
    const link = await this.#options.signInLink();
    // Without a link the server has just ended: its next state decides.
    if (link !== null && !this.#window.isDestroyed()) await this.#load(this.#window.loadURL(link));
  }

  #arrived(url: string, status: number): void {
    if (!this.#isConsole(url)) return;
    const isSignIn = new URL(url).pathname === '/sign-in';
    if (!isSignIn) {
      this.#lastPlace = url;
      // Nothing to go back to: neither a used sign-in link nor the starting page.
      if (this.#isComing) this.#window.webContents.navigationHistory.clear();
      this.#isComing = false;
    }
    // The session has expired, or belongs to another data folder. A sign-in page that refuses would only do so again.
    if (status === 401 && !isSignIn) void this.#signIn();
  }

  /** The console could not be loaded: the server is gone, though its end may not have been noticed yet. */
  #lost(): void {
    this.#showPage('starting');
    setTimeout(() => {
      const isStillRunning = this.#options.state().status === 'running' && this.#shown === 'starting';
      if (isStillRunning && !this.#window.isDestroyed()) this.#showConsole();
    }, TRY_AGAIN_MS);
  }

  /** The page's process has ended: a new one shows the same place, unless that one ends as well, again and again. */
  #crashed(): void {
    const delay = this.#crashes.next(Date.now() - this.#shownAt);
    this.#shown = 'nothing';
    if (delay === null) {
      this.#showPage('failure');
      return;
    }
    setTimeout(() => {
      if (!this.#window.isDestroyed()) this.follow(this.#options.state());
    }, delay);
  }

  /** A load that fails is dealt with where it is noticed: `did-fail-load` also tells of those that a page began. */
  async #load(loading: Promise<void>): Promise<void> {
    await loading.catch(() => undefined);
  }

  #isConsole(url: string): boolean {
    return judgeNavigation(url, this.#options.consoleAddress(), true) === 'allow';
  }
}
