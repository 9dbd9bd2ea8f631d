import { type HostsSettings, hostsSettings } from '../../contract/names.ts';
import type { HostsSettingsStore } from './hosts-parts.ts';

const NAME = 'hosts';
const DEFAULTS: HostsSettings = { keepInStep: false, ipv6: false, removeOnStop: false };

/** How the file is kept; nothing happens by itself until it was switched on. */
export async function readHostsSettings(store: HostsSettingsStore): Promise<HostsSettings> {
  const kept = hostsSettings.partial().safeParse(await store.readSetting(NAME));
  return kept.success ? { ...DEFAULTS, ...withoutUndefined(kept.data) } : DEFAULTS;
}

/** Keeps changes; returns all settings. */
export async function changeHostsSettings(
  store: HostsSettingsStore,
  changes: { readonly [Name in keyof HostsSettings]?: HostsSettings[Name] | undefined },
): Promise<HostsSettings> {
  const settings = { ...(await readHostsSettings(store)), ...withoutUndefined(changes) };
  await store.writeSetting(NAME, settings);
  return settings;
}

function withoutUndefined(changes: { readonly [Name in keyof HostsSettings]?: HostsSettings[Name] | undefined }) {
  return Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<HostsSettings>;
}
