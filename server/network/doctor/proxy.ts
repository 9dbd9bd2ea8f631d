import type { Finding } from '../../contract/doctor.ts';
import { about } from './finding.ts';
import {
  bypasses,
  environmentProxy,
  type ProxySettings,
  parseGsettings,
  parseScutil,
  parseWindowsProxy,
} from './proxy-settings.ts';
import { type RunProgram, runProgram } from './run-program.ts';

export interface ProxyInput {
  /** Names of the platform, some of them. */
  readonly names: readonly string[];
  /** Of this platform's own PAC file; null while off. */
  readonly pacUrl: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run?: RunProgram;
  readonly platform?: NodeJS.Platform;
}

/** Says whether a proxy stands between programs and this platform. Reads settings and changes none. */
export async function checkProxy(input: ProxyInput): Promise<Finding[]> {
  return [environment(input), await systemProxy(input)];
}

function environment({ names, env }: ProxyInput): Finding {
  const finding = about('proxy', 'proxy:environment', 'Proxy of terminal programs');
  const settings = environmentProxy(env);
  if (!settings) return finding.ok('None is set in the environment.');
  const caught = names.filter((name) => !bypasses(settings.bypass, name, true));
  const details = [...settings.servers, `NO_PROXY=${settings.bypass.join(',')}`];
  if (caught.length === 0) return finding.ok('The names of this platform go past it.', { details });
  return finding.warning(`curl and other programs ask the proxy for ${caught[0]}, which does not know this machine.`, {
    details,
    fix: {
      text: 'Name what goes directly in NO_PROXY.',
      command: `export NO_PROXY="$NO_PROXY,${noProxyFor(caught)}"`,
    },
  });
}

/** One entry for everything below `.localhost`; each other name itself, up to twenty. */
function noProxyFor(names: readonly string[]): string {
  const isLocal = (name: string) => name === 'localhost' || name.endsWith('.localhost');
  const others = names.filter((name) => !isLocal(name)).slice(0, 20);
  return [...(names.some(isLocal) ? ['localhost', '.localhost', '127.0.0.1'] : []), ...others].join(',');
}

async function systemProxy(input: ProxyInput): Promise<Finding> {
  const finding = about('proxy', 'proxy:system', 'Proxy of browsers');
  const settings = await readSystem(input);
  if (!settings) return finding.skipped('This system has no settings for it that could be read.');
  const details = [
    ...settings.servers,
    ...(settings.bypass.length > 0 ? [`Directly: ${settings.bypass.join(', ')}`] : []),
  ];
  if (settings.mode === 'auto') return automatic(settings, input);
  if (settings.mode === 'none') return finding.ok('None is set in the system.');
  const caught = input.names.filter((name) => !isDirect(settings, name));
  if (caught.length === 0) return finding.ok('The names of this platform go past it.', { details });
  return finding.warning(`Browsers ask the system's proxy for ${caught[0]}, which does not know this machine.`, {
    details,
    fix: {
      text: `Add the names to what goes past the proxy, in the system's network settings: *.localhost and ${caught[0]}`,
    },
  });
}

/** Browsers go directly to `localhost` and everything below it, whatever the settings say. */
function isDirect({ bypass }: ProxySettings, name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || bypasses(bypass, name, false);
}

function automatic({ pacUrl }: ProxySettings, { pacUrl: own, names }: ProxyInput): Finding {
  const finding = about('proxy', 'proxy:system', 'Proxy of browsers');
  if (own !== null && pacUrl === own) return finding.ok(`The system reads this platform's own file: ${own}`);
  if (pacUrl !== null && /^http:\/\/(localhost|127\.0\.0\.1):\d+\/proxy\.pac$/.test(pacUrl))
    return finding.warning(`The system reads ${pacUrl}, which is not this platform's file as it is now.`, {
      fix: {
        text:
          own === null ? 'Switch the file on again, or take it out of the system’s settings.' : `Enter ${own} instead.`,
      },
    });
  const others = names.filter((name) => name !== 'localhost' && !name.endsWith('.localhost'));
  if (others.length === 0)
    return finding.ok(`A file decides (${pacUrl ?? 'found by the network'}); localhost goes past it.`);
  return finding.warning(
    `A file decides who is asked (${pacUrl ?? 'found by the network'}). It may send ${others[0]} to a proxy.`,
    {
      fix: { text: 'Ask whoever wrote the file to let the name go directly, or use this platform’s own file instead.' },
    },
  );
}

async function readSystem({
  run = runProgram,
  platform = process.platform,
}: ProxyInput): Promise<ProxySettings | null> {
  if (platform === 'darwin') {
    const text = await run('/usr/sbin/scutil', ['--proxy']);
    return text === null ? null : parseScutil(text);
  }
  if (platform === 'win32') {
    const key = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
    const text = await run('reg.exe', ['query', key]);
    return text === null ? null : parseWindowsProxy(text);
  }
  const text = await run('gsettings', ['list-recursively', 'org.gnome.system.proxy']);
  return text === null ? null : parseGsettings(text);
}
