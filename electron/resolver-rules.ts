import type { App, Session } from 'electron';

/**
 * How the app's own pages resolve names: every name leads to this machine.
 *
 * The app's windows show the console and storefronts of its own server, and nothing else: any other address opens in the
 * system's browser, and every page's Content-Security-Policy keeps it to its own host. So no page of this app has a reason
 * to reach another machine, and a store's new domain works in it at once, without a hosts entry and without a restart.
 * Chromium reads these rules when it starts; a rule a domain would need a restart for each new one.
 *
 * 127.0.0.1 and not ::1, because there are machines without IPv6 and the server always listens on the former. `localhost` and
 * what is below it is mapped as well: else Chromium tries ::1 first. The port stays: it is the server's host guard that
 * refuses names that no store has.
 */
export const RESOLVER_RULES = 'MAP * 127.0.0.1';

/**
 * Sets the rules, as long as Chromium has not started. That holds for the packaged app; an app in a folder is loaded only
 * afterwards, so build/electron-runtime.mjs names the same rules on the command line.
 */
export function mapNames({ commandLine }: App): void {
  if (!commandLine.hasSwitch('host-resolver-rules')) commandLine.appendSwitch('host-resolver-rules', RESOLVER_RULES);
}

/** A proxy of the system would resolve the names itself, and knows none of them. */
export function goDirectly(session: Session): Promise<void> {
  return session.setProxy({ mode: 'direct' });
}
