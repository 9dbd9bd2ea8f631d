/** What browsers do with names by themselves. */

/** Chrome, Edge and Firefox lead these to this machine without asking anybody. Source: RFC 6761 §6.3; Chromium, Firefox 84. */
export function isLocalhostName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}

/** Ends of names that browsers open by HTTPS only, whatever was typed. Source: Chromium's HSTS preload list. */
const HTTPS_ONLY = new Set([
  'android',
  'app',
  'bank',
  'boo',
  'channel',
  'chrome',
  'dad',
  'day',
  'dev',
  'eat',
  'esq',
  'fly',
  'foo',
  'gle',
  'gmail',
  'google',
  'hangout',
  'ing',
  'insurance',
  'meet',
  'meme',
  'mov',
  'new',
  'nexus',
  'page',
  'phd',
  'play',
  'prof',
  'rsvp',
  'search',
  'youtube',
  'zip',
]);

/** The end of a name that browsers open by HTTPS only, or null. */
export function httpsOnlyEnd(name: string): string | null {
  const end = name.split('.').at(-1) ?? '';
  return HTTPS_ONLY.has(end) ? end : null;
}

/** Names that some systems ask the local network for first, which can take seconds. Source: RFC 6762 §3. */
export function isMulticastName(name: string): boolean {
  return name.endsWith('.local');
}
