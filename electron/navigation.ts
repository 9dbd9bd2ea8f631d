/**
 * Where pages of the window may go. The console may go anywhere within itself; storefronts may be shown in its frames.
 * Every other web address belongs into the system's browser, and everything else nowhere.
 */

export type Verdict = 'allow' | 'open-outside' | 'deny';

/**
 * Judges where a page wants to go.
 *
 * @param url the whole address
 * @param console the console's address; null while there is none
 * @param isMainFrame false for a frame inside the console: the preview
 */
export function judgeNavigation(url: string, console: string | null, isMainFrame: boolean): Verdict {
  const target = parseUrl(url);
  const home = console === null ? null : parseUrl(console);
  if (!target) return 'deny';
  if (home && target.origin === home.origin && isWeb(target)) return 'allow';
  if (!isMainFrame) return isFrameContent(target, home) ? 'allow' : 'deny';
  return isWebAddress(url) ? 'open-outside' : 'deny';
}

/** Whether an address may be handed to the system's browser: http or https, without a user name in it. */
export function isWebAddress(url: string): boolean {
  const target = parseUrl(url);
  return target !== null && isWeb(target) && target.hostname !== '' && target.username === '' && target.password === '';
}

/** A storefront of this server, by any of its hosts, or a frame that is still empty. */
function isFrameContent(target: URL, home: URL | null): boolean {
  if (target.href === 'about:blank' || target.href === 'about:srcdoc') return true;
  if (!home || !isWeb(target) || target.port !== home.port || target.protocol !== home.protocol) return false;
  const platform = home.hostname.replace(/^admin\./, '');
  return target.hostname === platform || target.hostname.endsWith(`.${platform}`);
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
