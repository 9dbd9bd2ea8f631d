import { BrowserWindow, nativeTheme, screen } from 'electron';
import { type Bounds, MIN_SIZE, placeWindow, readWindowState, writeWindowState } from './window-state.ts';

/** The pages' own backgrounds, so that nothing flashes before the first paint. */
const BACKGROUND = { light: '#ffffff', dark: '#14171c' } as const;
const REMEMBER_AFTER_MS = 400;

export interface WindowFiles {
  readonly preload: string;
  readonly icon: string;
  /** Where the window's place is kept. */
  readonly state: string;
}

/** Makes the window where it was last time. It shows itself as soon as there is something to see. */
export function createWindow(files: WindowFiles, version: string): BrowserWindow {
  const { bounds, isMaximized } = placeWindow(readWindowState(files.state), workAreas());
  const window = new BrowserWindow({
    ...bounds,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: 'Orion Studio',
    icon: files.icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: files.preload,
      additionalArguments: [`--orion-version=${version}`],
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      // The spell checker would fetch its word lists from the internet.
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize();
    window.show();
  });
  rememberPlace(window, files.state);
  return window;
}

/** Shows the window to someone who asked for it. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Keeps the place a moment after each change, not only at the end: a computer may lose its power. */
function rememberPlace(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const remember = () => {
    clearTimeout(timer);
    if (window.isMinimized()) return;
    writeWindowState(file, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
  };
  const rememberSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(remember, REMEMBER_AFTER_MS);
  };
  window.on('resize', rememberSoon);
  window.on('move', rememberSoon);
  window.on('close', remember);
  window.on('closed', () => clearTimeout(timer));
}

function workAreas(): [Bounds, ...Bounds[]] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main.workArea, ...others.map(({ workArea }) => workArea)];
}
