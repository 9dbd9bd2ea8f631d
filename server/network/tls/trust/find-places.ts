import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromiumPlace, firefoxPlaces } from './browser-places.ts';
import { linuxSystemPlace } from './linux-system.ts';
import { macosKeychainPlace } from './macos-keychain.ts';
import { nodePlace } from './node-place.ts';
import type { NssTools } from './nss.ts';
import type { RunProgram } from './run-program.ts';
import { findLayout } from './system-layouts.ts';
import type { TrustPlace } from './trust-place.ts';
import { windowsStorePlace } from './windows-store.ts';

/** The machine, as far as trust is concerned. Tests have one of their own: nothing here finds the real one by itself. */
export interface TrustMachine {
  readonly platform: NodeJS.Platform;
  /** `/`; null when the system's own trust is to be left alone. */
  readonly root: string | null;
  readonly home: string;
  readonly isAdministrator: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly run: RunProgram;
}

/** Every place of a machine whose trust counts, the system's first. Read anew each time: profiles come and go. */
export function findPlaces(machine: TrustMachine): TrustPlace[] {
  const { platform, home, environment } = machine;
  const node = nodePlace(environment, platform);
  const tools = nssTools(machine);
  const firefox = firefoxPlaces(home, platform, tools);
  const chromium = platform === 'linux' ? [chromiumPlace(home, tools)] : [];
  return [...systemPlace(machine), ...chromium, ...firefox, node];
}

function systemPlace(machine: TrustMachine): TrustPlace[] {
  const { platform, root, home, run } = machine;
  if (root === null) return [];
  if (platform === 'darwin') return [macosKeychainPlace(home, run)];
  return [platform === 'win32' ? windowsStorePlace(run) : linuxSystemPlace({ ...machine, root })];
}

function nssTools({ run, root, environment }: TrustMachine): NssTools {
  return {
    run,
    certutil: findProgram('certutil', environment['PATH']),
    installCommand: findLayout(root ?? '/')?.installCertutil ?? null,
  };
}

function findProgram(name: string, path = ''): string | null {
  return (
    path
      .split(delimiter)
      .filter(Boolean)
      .map((folder) => join(folder, name))
      .find(canRun) ?? null
  );
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
