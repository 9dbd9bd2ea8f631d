/** Which addresses the app's store windows show: this server's own, by any of its names. */
import { isWebAddress } from './navigation.ts';

/** Where the server listens. */
export interface ServerPorts {
  readonly http: number;
  /** Null while HTTPS is off. */
  readonly https: number | null;
}

/**
 * Judges where a store window wants to go. Inside the app every name leads to this machine (resolver-rules.ts), so an
 * address at the server's port is the server's, which refuses names that it does not answer for.
 *
 * @param isMainFrame false for a frame inside the page
 */
export function judgeStoreNavigation(
  url: string,
  ports: ServerPorts | null,
  isMainFrame: boolean,
): 'allow' | 'open-outside' | 'deny' {
  if (!isMainFrame && (url === 'about:blank' || url === 'about:srcdoc')) return 'allow';
  if (!isWebAddress(url)) return 'deny';
  if (ports && isOwnPort(new URL(url), ports)) return 'allow';
  return isMainFrame ? 'open-outside' : 'deny';
}

function isOwnPort({ protocol, port }: URL, { http, https }: ServerPorts): boolean {
  const usual = protocol === 'https:' ? 443 : 80;
  return (port === '' ? usual : Number(port)) === (protocol === 'https:' ? https : http);
}
