/**
 * What the shell's processes say to each other: one contract for main process, preload and pages.
 *
 * Types and plain values alone, so that the console can import it as well.
 */

import type { ElevationOutcome } from '../server/contract/elevation.ts';

/** What the shell says about its server. `stopped` is wanted, `failed` is given up. */
export interface ServerState {
  readonly status: 'starting' | 'running' | 'restarting' | 'failed' | 'stopped';
  /** What is going on, in a sentence; when failed, why. */
  readonly detail?: string;
}

/** What a menu entry asks the console to do; `go:` is followed by a path of the console. */
export type DesktopCommand =
  | 'new-store'
  | 'palette'
  | 'go:/'
  | 'go:/stores'
  | 'go:/preview'
  | 'go:/requests'
  | 'go:/routing'
  | 'go:/names'
  | 'go:/help';

/** What the user chose; kept in the shell's own folder. */
export interface DesktopSettings {
  /** The server goes on, with an icon in the tray, when the window is closed. */
  readonly keepServerRunning: boolean;
}

/** `window.orionDesktop`, in the console's page of the desktop window alone. */
export interface DesktopBridge {
  /** Node's name of the system, such as `linux`, `darwin`, `win32`. */
  readonly platform: string;
  readonly versions: { readonly app: string; readonly electron: string; readonly chrome: string };
  readonly settings: {
    get(): Promise<DesktopSettings>;
    /** Changes what is named and returns everything. */
    set(change: Partial<DesktopSettings>): Promise<DesktopSettings>;
  };
  openDataFolder(): Promise<void>;
  /** Opens an http or https address in the system's browser. Rejects any other. */
  openExternal(url: string): Promise<void>;
  /**
   * Shows a page of a store in a window of the app, where every name of the platform works as it is and https is trusted.
   * Rejects what is no address of this server.
   */
  openStore(url: string): Promise<void>;
  /** Runs what the server has registered under this id (`contract/elevation.ts`), after the system has asked the user. */
  elevate(id: string): Promise<ElevationResult>;
  /** Lets the app's windows look every name up anew; after a change of the hosts file. */
  clearNames(): Promise<void>;
  /** Resolves when the old server has ended; `onServerState` tells how the new one does. */
  restartServer(): Promise<void>;
  /** Signs this window in anew without leaving the page: for a session that has expired. False when that did not work. */
  signIn(): Promise<boolean>;
  /** Calls back at once with the present state, then with every change; returns what ends it. */
  onServerState(callback: (state: ServerState) => void): () => void;
  /** Calls back with every command of the menu; returns what ends it. */
  onCommand(callback: (command: DesktopCommand) => void): () => void;
}

/** How work with administrator rights ended. */
export interface ElevationResult {
  readonly outcome: ElevationOutcome;
  /** In a sentence, for the person who asked. */
  readonly message: string;
}

/** What the failure screen shows. */
export interface FailureReport {
  /** What failed, in a sentence or two. */
  readonly summary: string;
  /** Each wrong setting, when that was the reason. */
  readonly faults: readonly string[];
  /** The server's last lines, the oldest first. */
  readonly lines: readonly string[];
  readonly dataDir?: string;
}

/** `window.orionShell`, in the shell's own pages alone. */
export interface ShellBridge {
  failure(): Promise<FailureReport>;
  tryAgain(): Promise<void>;
  openDataFolder(): Promise<void>;
  copyReport(): Promise<void>;
  onServerState(callback: (state: ServerState) => void): () => void;
}

/** Questions of pages to the main process, by channel. */
export interface Questions {
  'settings:get': () => DesktopSettings;
  'settings:set': (change: Partial<DesktopSettings>) => DesktopSettings;
  'data-folder:open': () => void;
  'external:open': (url: string) => void;
  'store:open': (url: string) => void;
  'elevation:run': (id: string) => ElevationResult;
  'names:clear': () => void;
  'server:restart': () => void;
  'server:state': () => ServerState;
  'session:sign-in': () => boolean;
  'failure:read': () => FailureReport;
  'failure:copy': () => void;
  'failure:try-again': () => void;
}

/** What the main process tells pages unasked, by channel. */
export interface Announcements {
  'server:state': ServerState;
  command: DesktopCommand;
}

/** Who may ask: the console, the shell's own pages, or both. */
export type Audience = 'console' | 'shell' | 'both';

/** Every question with its audience; a question that is not here is not answered. */
export const AUDIENCES: Readonly<Record<keyof Questions, Audience>> = {
  'settings:get': 'console',
  'settings:set': 'console',
  'data-folder:open': 'both',
  'external:open': 'console',
  'store:open': 'console',
  'elevation:run': 'console',
  'names:clear': 'console',
  'server:restart': 'console',
  'server:state': 'both',
  'session:sign-in': 'console',
  'failure:read': 'shell',
  'failure:copy': 'shell',
  'failure:try-again': 'shell',
};
