/** The desktop app's life, top to bottom: one instance, one server, one window. */
import { join } from 'node:path';
import { app } from 'electron';
import { DesktopShell } from './desktop-shell.ts';
import { profileFolder, serverArguments } from './profile.ts';
import { mapNames } from './resolver-rules.ts';
import { guardPages } from './security.ts';
import { locateServer } from './server-location.ts';

/** The bundle is in electron/dist. */
const projectRoot = join(import.meta.dirname, '../..');
const serverArgs = serverArguments(process.argv);

// 1. A folder for the window's own state. It decides what "already open" means, so it comes first.
app.setPath(
  'userData',
  profileFolder({
    usual: app.getPath('userData'),
    named: app.commandLine.getSwitchValue('user-data-dir'),
    serverArgs,
    env: process.env,
    cwd: process.cwd(),
  }),
);

// 2. One instance: a second start brings the first one's window to the front and ends.
if (app.requestSingleInstanceLock()) run();
else {
  process.stderr.write('Orion Studio is open already; its window comes to the front.\n');
  app.exit(0);
}

function run(): void {
  // A terminal that was closed is no reason to fail, and Electron would show each failed line in a dialog.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const { isPackaged } = app;
  const { resourcesPath, platform } = process;
  const shell = new DesktopShell({
    folder: import.meta.dirname,
    location: locateServer({ isPackaged, resourcesPath, projectRoot, platform }),
    serverArgs,
    hasTerminal: !isPackaged,
  });

  // 3. No page is ever without its guard, and every name leads to this machine.
  guardPages((contents) => shell.rulesOf(contents));
  mapNames(app);

  // 4. The server and the window.
  void app.whenReady().then(() => {
    // Here and not earlier, because Electron sets handlers of its own when it starts.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
    shell.begin();
  });
  app.on('second-instance', () => shell.open());
  app.on('activate', () => shell.open());

  // 5. Closing the window ends everything, unless the user wants the server to go on; then the tray stands for it.
  app.on('window-all-closed', () => {
    if (!shell.keepsServerRunning) app.quit();
  });

  // 6. The end: first the server, then this process.
  app.on('will-quit', (event) => {
    event.preventDefault();
    void shell.end().then((code) => app.exit(code));
  });
}
