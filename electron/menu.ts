import type { BaseWindow, BrowserWindow, MenuItemConstructorOptions } from 'electron';
import type { DesktopCommand } from './bridge.ts';

export interface MenuActions {
  /** Hands a command to the console, in a window that is opened when there is none. */
  readonly send: (command: DesktopCommand) => void;
  readonly restartServer: () => void;
  readonly openDataFolder: () => void;
  readonly copySignInLink: () => void;
  readonly setKeepServerRunning: (isOn: boolean) => void;
  readonly showAbout: () => void;
}

export interface MenuState {
  readonly isMac: boolean;
  readonly isRunning: boolean;
  readonly hasDataDir: boolean;
  readonly keepServerRunning: boolean;
}

/** The native menu as data. What needs a running server is greyed out while there is none. */
export function menuTemplate(actions: MenuActions, state: MenuState): MenuItemConstructorOptions[] {
  const { isMac } = state;
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    fileMenu(actions, state),
    { role: 'editMenu' },
    viewMenu(actions, state),
    serverMenu(actions, state),
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    helpMenu(actions, state),
  ];
}

function fileMenu({ send }: MenuActions, { isMac, isRunning }: MenuState): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      { label: 'New store…', accelerator: 'CmdOrCtrl+N', enabled: isRunning, click: () => send('new-store') },
      { type: 'separator' },
      { role: 'close', label: 'Close window' },
      ...(isMac ? [] : [{ role: 'quit', label: 'Quit' } as const]),
    ],
  };
}

function viewMenu({ send }: MenuActions, { isMac, isRunning }: MenuState): MenuItemConstructorOptions {
  const go = (label: string, command: DesktopCommand, digit: number): MenuItemConstructorOptions => ({
    label,
    accelerator: `CmdOrCtrl+${digit}`,
    enabled: isRunning,
    click: () => send(command),
  });
  return {
    label: '&View',
    submenu: [
      go('Overview', 'go:/', 1),
      go('Stores', 'go:/stores', 2),
      go('Preview', 'go:/preview', 3),
      go('Requests', 'go:/requests', 4),
      go('Routing', 'go:/routing', 5),
      go('Names', 'go:/names', 6),
      { type: 'separator' },
      {
        label: 'Command palette…',
        accelerator: 'CmdOrCtrl+K',
        // The console listens to these keys itself, in a browser as well.
        registerAccelerator: false,
        enabled: isRunning,
        click: () => send('palette'),
      },
      { type: 'separator' },
      { label: 'Back', accelerator: isMac ? 'Cmd+[' : 'Alt+Left', click: (_item, window) => move(window, 'goBack') },
      {
        label: 'Forward',
        accelerator: isMac ? 'Cmd+]' : 'Alt+Right',
        click: (_item, window) => move(window, 'goForward'),
      },
      { role: 'reload', label: 'Reload' },
      { role: 'resetZoom', label: 'Actual size' },
      { role: 'zoomIn', label: 'Zoom in' },
      { role: 'zoomOut', label: 'Zoom out' },
      { role: 'togglefullscreen', label: 'Full screen' },
      { role: 'toggleDevTools', label: 'Developer tools' },
    ],
  };
}

/** In whichever window the keys were pressed: the console's or a store's. */
function move(window: BaseWindow | undefined, step: 'goBack' | 'goForward'): void {
  (window as BrowserWindow | undefined)?.webContents.navigationHistory[step]();
}

function serverMenu(actions: MenuActions, state: MenuState): MenuItemConstructorOptions {
  return {
    label: '&Server',
    submenu: [
      { label: 'Restart server', click: actions.restartServer },
      { label: 'Open data folder', enabled: state.hasDataDir, click: actions.openDataFolder },
      { label: 'Copy sign-in link', enabled: state.isRunning, click: actions.copySignInLink },
      { type: 'separator' },
      {
        id: 'keep-server-running',
        label: 'Keep server running when the window is closed',
        type: 'checkbox',
        checked: state.keepServerRunning,
        click: ({ checked }) => actions.setKeepServerRunning(checked),
      },
    ],
  };
}

function helpMenu({ send, showAbout }: MenuActions, { isMac, isRunning }: MenuState): MenuItemConstructorOptions {
  return {
    role: 'help',
    label: '&Help',
    submenu: [
      { label: 'Orion Studio help', enabled: isRunning, click: () => send('go:/help') },
      ...(isMac ? [] : [{ label: 'About Orion Studio', click: showAbout } as const]),
    ],
  };
}
