import { Menu, Tray } from 'electron';

export interface TrayActions {
  readonly show: () => void;
  readonly quit: () => void;
}

/** The icon that stands for a server that goes on without a window. */
export function createTray(icon: string, { show, quit }: TrayActions): Tray {
  const tray = new Tray(icon);
  tray.setToolTip('Orion Studio: the server is kept running');
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Show window', click: show },
      { type: 'separator' },
      { label: 'Quit Orion Studio', click: quit },
    ]),
  );
  // Windows and some Linux desktops; elsewhere a click opens the menu.
  tray.on('click', show);
  return tray;
}
