/**
 * What pages must not do. The console shows storefronts, whose themes are not trusted, and a store's page may try anything:
 * go elsewhere, open windows, ask for a camera. None of that needs this app; the system's browser is there for it.
 */
import { app, type Session, shell, type WebContents, type WebContentsWillFrameNavigateEventParams } from 'electron';
import { isWebAddress, judgeNavigation, type Verdict } from './navigation.ts';

/** Where the pages of a kind of window may go, and what a link to a new window of that kind becomes. */
export interface PageRules {
  readonly judge: (url: string, isMainFrame: boolean) => Verdict;
  /** Opens an allowed address in a window of its own; without it there are no new windows. */
  readonly openInside?: (url: string) => void;
}

/** Watches every page the app will ever have, from its first moment. */
export function guardPages(rulesOf: (contents: WebContents) => PageRules): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, () => rulesOf(contents)));
}

/** Refuses every permission but one: the console may write to the clipboard, for its copy buttons. */
export function guardPermissions(session: Session, consoleAddress: () => string | null): void {
  const isConsole = (url: string) => judgeNavigation(url, consoleAddress(), true) === 'allow';
  session.setPermissionRequestHandler((_contents, permission, answer, { isMainFrame, requestingUrl }) => {
    answer(permission === 'clipboard-sanitized-write' && isMainFrame && isConsole(requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) => {
    return permission === 'clipboard-sanitized-write' && isMainFrame && isConsole(origin);
  });
  session.setDevicePermissionHandler(() => false);
}

/** Opens a web address in the system's browser. @throws {TypeError} for anything that is not http or https */
export async function openOutside(url: unknown): Promise<void> {
  if (typeof url !== 'string' || !isWebAddress(url)) throw new TypeError('Only http and https addresses are opened.');
  await shell.openExternal(url);
}

function guardPage(contents: WebContents, rules: () => PageRules): void {
  const judge = (event: Electron.Event<WebContentsWillFrameNavigateEventParams>) => {
    const { url, isMainFrame, initiator } = event;
    const verdict = rules().judge(url, isMainFrame);
    if (verdict === 'allow') return;
    event.preventDefault();
    // Only the window's own page leads outside: a storefront in the preview has no say over the console's window.
    const isOwnLink = initiator === undefined || initiator === contents.mainFrame;
    if (verdict === 'open-outside' && isOwnLink) openQuietly(url);
  };
  contents.on('will-frame-navigate', judge);
  contents.on('will-redirect', judge);
  contents.setWindowOpenHandler(({ url }) => {
    const { judge: judgeNew, openInside } = rules();
    if (openInside && judgeNew(url, true) === 'allow') openInside(url);
    else if (isWebAddress(url)) openQuietly(url);
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** A system without a browser is no reason to disturb the console. */
function openQuietly(url: string): void {
  openOutside(url).catch((error: Error) => process.stderr.write(`${url} was not opened: ${error.message}\n`));
}
