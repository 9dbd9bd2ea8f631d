import { type HttpsSettings, httpsSettings } from '../../contract/certificates.ts';

export const DEFAULT_HTTPS_PORT = 8443;
const NAME = 'https';

/** Where small things are kept, by name. */
export interface KeptSettings {
  readSetting(name: string): Promise<unknown>;
  writeSetting(name: string, value: unknown): Promise<void>;
}

/** What who started the server asked for; it comes before what is kept. */
export interface WantedHttps {
  readonly isOn: boolean | undefined;
  /** Then no other port is tried; 0 takes any. */
  readonly port: number | undefined;
}

const DEFAULTS: HttpsSettings = { isOn: false, port: DEFAULT_HTTPS_PORT, redirect: false, hstsSeconds: 0 };

/** How HTTPS is to be offered: what is kept, each member that is not there at its default. */
export async function readHttpsSettings(kept: KeptSettings): Promise<HttpsSettings> {
  const read = httpsSettings.partial().safeParse((await kept.readSetting(NAME)) ?? {});
  return { ...DEFAULTS, ...(read.success ? defined(read.data) : {}) };
}

export async function writeHttpsSettings(kept: KeptSettings, settings: HttpsSettings): Promise<void> {
  await kept.writeSetting(NAME, settings);
}

/** Without the members that are undefined, which would hide a default. */
export function defined<Shape extends object>(
  shape: Shape,
): { [Member in keyof Shape]: Exclude<Shape[Member], undefined> } {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as never;
}
