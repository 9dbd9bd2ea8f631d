/** The typed bridge, nothing else: the console and the shell's own pages get one small object each. */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Announcements, DesktopBridge, Questions, ShellBridge } from './bridge.ts';

/** The page's address; this file is checked without the browser's types, because the main process has none. */
declare const location: { readonly protocol: string };
/** What the main process hands over when it makes the window. */
declare const process: {
  readonly argv: readonly string[];
  readonly platform: string;
  readonly versions: Record<string, string>;
};

function ask<Channel extends keyof Questions>(
  channel: Channel,
  ...args: Parameters<Questions[Channel]>
): Promise<ReturnType<Questions[Channel]>> {
  return ipcRenderer.invoke(channel, ...args);
}

/** Calls back with every announcement of a channel; returns what ends it. */
function listen<Channel extends keyof Announcements>(
  channel: Channel,
  callback: (content: Announcements[Channel]) => void,
): () => void {
  const listener = (_event: IpcRendererEvent, content: Announcements[Channel]): void => callback(content);
  ipcRenderer.on(channel, listener);
  return () => ipcRenderer.off(channel, listener);
}

/** The present state first, then every change: whoever comes late has missed nothing. */
function onServerState(callback: (state: Announcements['server:state']) => void): () => void {
  let isNewer = false;
  const end = listen('server:state', (state) => {
    isNewer = true;
    callback(state);
  });
  void ask('server:state').then((state) => {
    if (!isNewer) callback(state);
  });
  return end;
}

const desktop: DesktopBridge = {
  platform: process.platform,
  versions: {
    app: process.argv.find((arg) => arg.startsWith('--orion-version='))?.slice('--orion-version='.length) ?? '',
    electron: process.versions['electron'] ?? '',
    chrome: process.versions['chrome'] ?? '',
  },
  settings: { get: () => ask('settings:get'), set: (change) => ask('settings:set', change) },
  openDataFolder: () => ask('data-folder:open'),
  openExternal: (url) => ask('external:open', url),
  openStore: (url) => ask('store:open', url),
  elevate: (id) => ask('elevation:run', id),
  clearNames: () => ask('names:clear'),
  restartServer: () => ask('server:restart'),
  signIn: () => ask('session:sign-in'),
  onServerState,
  onCommand: (callback) => listen('command', callback),
};

const shell: ShellBridge = {
  failure: () => ask('failure:read'),
  tryAgain: () => ask('failure:try-again'),
  openDataFolder: () => ask('data-folder:open'),
  copyReport: () => ask('failure:copy'),
  onServerState,
};

// The main process checks every message's sender as well: this only keeps out of a page what it has no use for.
if (location.protocol === 'file:') contextBridge.exposeInMainWorld('orionShell', shell);
else contextBridge.exposeInMainWorld('orionDesktop', desktop);
