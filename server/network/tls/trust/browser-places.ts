import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type NssTools, nssPlace } from './nss.ts';
import { type TrustPlace, unavailable } from './trust-place.ts';

/** Where Chromium browsers on Linux look, below the home folder. The first is made when it is missing. */
const CHROMIUM_FOLDERS = [
  '.pki/nssdb',
  '.local/share/pki/nssdb',
  'snap/chromium/current/.pki/nssdb',
  '.var/app/org.chromium.Chromium/.pki/nssdb',
  '.var/app/com.google.Chrome/.pki/nssdb',
  '.var/app/com.brave.Browser/.pki/nssdb',
];

/** Where Firefox keeps its profiles, below the home folder: installed, as a snap, as a Flatpak, on macOS, on Windows. */
const FIREFOX_FOLDERS = [
  '.mozilla/firefox',
  '.config/mozilla/firefox',
  'snap/firefox/common/.mozilla/firefox',
  '.var/app/org.mozilla.firefox/.mozilla/firefox',
  'Library/Application Support/Firefox/Profiles',
  'AppData/Roaming/Mozilla/Firefox/Profiles',
];

/** Chrome, Chromium and their relatives on Linux; elsewhere they read the system's list. */
export function chromiumPlace(home: string, tools: NssTools): TrustPlace {
  const [first = '', ...more] = CHROMIUM_FOLDERS.map((folder) => join(home, folder));
  const folders = [first, ...more.filter((folder) => existsSync(join(folder, 'cert9.db')))];
  return nssPlace({
    id: 'nss:chromium',
    label: 'Chrome and Chromium',
    clients: 'Chrome, Chromium, Edge, Brave',
    folders,
    ...tools,
  });
}

/** Each profile of Firefox that there is. */
export function firefoxPlaces(home: string, platform: NodeJS.Platform, tools: NssTools): TrustPlace[] {
  return profilesBelow(home).map((profile) => {
    const id = `firefox:${basename(profile)}`;
    const named = { id, label: `Firefox, profile ${profileName(profile)}`, clients: 'Firefox' };
    if (platform === 'linux') return nssPlace({ ...named, folders: [profile], ...tools });
    const reason =
      'Firefox reads the list of the system as well, as long as its setting security.enterprise_roots.enabled is on: trust the system’s.';
    return { ...named, change: null, look: async () => unavailable(reason) };
  });
}

/** Folders that hold a certificate database. Two profiles of the same name are told apart by nothing: the first counts. */
function profilesBelow(home: string): string[] {
  const found = new Map<string, string>();
  for (const folder of FIREFOX_FOLDERS.map((below) => join(home, below))) {
    for (const name of listFolder(folder)) {
      const profile = join(folder, name);
      if (existsSync(join(profile, 'cert9.db')) && !found.has(name)) found.set(name, profile);
    }
  }
  return [...found.values()];
}

/** `abc123.default-release`: people know what comes after the dot. */
function profileName(profile: string): string {
  return basename(profile).replace(/^[a-z0-9]+\./, '');
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
