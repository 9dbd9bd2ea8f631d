import { BrowserWindow, type Session, session } from 'electron';
import { trustOwnAuthority } from './certificate-trust.ts';
import { goDirectly } from './resolver-rules.ts';
import { judgeStoreNavigation, type ServerPorts } from './store-address.ts';

/**
 * Stores have cookies of their own, apart from the console's: a theme is not trusted, and a shopper who is signed out must
 * not sign out the administrator. They are kept, so that a cart outlives the window.
 */
const PARTITION = 'persist:stores';
const SIZE = { width: 1280, height: 860, minWidth: 320, minHeight: 320 } as const;

export interface StoreWindowsOptions {
  readonly icon: string;
  readonly dataDir: () => string | undefined;
  /** Asks the server for its ports and whether it answers for an address; throws a sentence when it does not. */
  readonly ask: (url: string) => Promise<ServerPorts>;
}

/** Windows that show stores, each as a browser would: without the console's bridge, in a session of their own. */
export class StoreWindows {
  readonly #options: StoreWindowsOptions;
  /** One window a host. */
  readonly #windows = new Map<string, BrowserWindow>();
  readonly #failed = new Set<BrowserWindow>();
  #session: Session | null = null;
  #ports: ServerPorts | null = null;

  constructor(options: StoreWindowsOptions) {
    this.#options = options;
  }

  /** The session of every store window, with everything refused that a page could ask for. */
  get session(): Session {
    this.#session ??= this.#guardedSession();
    return this.#session;
  }

  /** What of the server a store window may show. */
  judge(url: string, isMainFrame: boolean): ReturnType<typeof judgeStoreNavigation> {
    return judgeStoreNavigation(url, this.#ports, isMainFrame);
  }

  /**
   * Shows a store's page in a window; the window of the same host is used again.
   * @throws {TypeError} when it is no address of this server
   */
  async open(url: unknown): Promise<void> {
    if (typeof url !== 'string' || judgeStoreNavigation(url, null, true) === 'deny')
      throw new TypeError('Only http and https addresses are opened.');
    this.#ports = await this.#options.ask(url);
    if (this.judge(url, true) !== 'allow')
      throw new TypeError(`${url} is not an address of this server. Its ports are: ${portsText(this.#ports)}.`);
    const { host } = new URL(url);
    const window = this.#windows.get(host) ?? this.#make(host);
    window.show();
    window.focus();
    // What cannot be loaded is dealt with where it is noticed.
    await window.loadURL(url).catch(() => undefined);
  }

  /** Loads again what could not be loaded: the server answers. */
  retry(): void {
    for (const window of this.#failed) window.webContents.reload();
    this.#failed.clear();
  }

  closeAll(): void {
    for (const window of [...this.#windows.values()]) window.close();
  }

  #make(host: string): BrowserWindow {
    const window = new BrowserWindow({
      ...SIZE,
      show: false,
      title: host,
      icon: this.#options.icon,
      webPreferences: {
        session: this.session,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        // The spell checker would fetch its word lists from the internet.
        spellcheck: false,
      },
    });
    this.#windows.set(host, window);
    window.on('closed', () => {
      this.#windows.delete(host);
      this.#failed.delete(window);
    });
    this.#showAddress(window);
    window.webContents.on('did-fail-load', (_event, _code, _description, _url, isMainFrame) => {
      if (isMainFrame) this.#failed.add(window);
    });
    return window;
  }

  /** The title is the window's address bar. */
  #showAddress(window: BrowserWindow): void {
    const { webContents } = window;
    const show = () => {
      const [title, url] = [webContents.getTitle(), webContents.getURL()];
      window.setTitle(title === '' || title === url ? url : `${url}  ·  ${title}`);
    };
    window.on('page-title-updated', (event) => {
      event.preventDefault();
      show();
    });
    webContents.on('did-navigate', show);
    webContents.on('did-navigate-in-page', show);
  }

  #guardedSession(): Session {
    const made = session.fromPartition(PARTITION);
    made.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    made.setPermissionCheckHandler(() => false);
    made.setDevicePermissionHandler(() => false);
    trustOwnAuthority(made, this.#options.dataDir);
    void goDirectly(made);
    return made;
  }
}

function portsText({ http, https }: ServerPorts): string {
  return https === null ? `${http} (http)` : `${http} (http) and ${https} (https)`;
}
