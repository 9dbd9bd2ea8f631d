import type { Config } from './config.ts';
import { StartupError } from './errors.ts';
import type { RunningPlatform } from './start.ts';
import { origin } from './tenancy/origin.ts';

/** What a person at the terminal needs: where everything is. */
export async function printAddresses(platform: RunningPlatform, config: Config): Promise<string> {
  const stores = await platform.parts.stores.list();
  const rows: [string, string][] = stores.map((store) => [
    store.name,
    `${origin('http', `${store.subdomain}.${config.platformDomain}`, platform.port)}/`,
  ]);
  const width = Math.max(...[...rows.map(([name]) => name.length), 'Landing page'.length]);
  const line = ([name, url]: readonly [string, string]) => `  ${name.padEnd(width)}  ${url}`;
  const moved =
    !config.isPortFixed && platform.port !== config.port
      ? `  Port ${config.port} is in use; this is port ${platform.port}.\n\n`
      : '';
  return [
    '',
    `  Orion Studio is ready · ${platform.parts.backend.engine}/${platform.parts.backend.isolation} · ${config.dataDir}`,
    '',
    `${moved}${rows.map(line).join('\n')}${rows.length > 0 ? '\n' : '  There are no stores yet. Make one with: npx orion store create "My shop"\n'}`,
    line(['Landing page', platform.url]),
    ...httpsLines(platform).map(line),
    line(['Console', platform.signIn]),
    `  ${''.padEnd(width)}  (this sign-in link works once; a new one: npx orion console)`,
    '',
    '  Ctrl-C ends it.',
    '',
    '',
  ].join('\n');
}

function httpsLines({ parts }: RunningPlatform): [string, string][] {
  const { isOn, url, fault } = parts.tls.https.inForce;
  return isOn ? [['HTTPS', url ?? `off: ${fault}`]] : [];
}

/** Says what kept the server from starting, each fault on its own line; returns the exit code. */
export function reportStartupError(error: unknown): number {
  if (error instanceof StartupError) {
    const faults = error.faults.map((fault) => `  ${fault.field}: ${fault.message}\n`).join('');
    process.stderr.write(`${error.message}\n${faults}`);
    return error.exitCode;
  }
  process.stderr.write(`${(error as Error)?.stack ?? String(error)}\n`);
  return 1;
}
