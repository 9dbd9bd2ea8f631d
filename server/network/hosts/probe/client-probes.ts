/** What each kind of client makes of a name, in a verdict and a sentence. Pure: everything was asked before. */
import type { ClientProbe } from '../../../contract/names.ts';
import type { CurlAnswer } from './curl.ts';
import type { HttpProbe } from './http-probe.ts';
import { isLocal, type LookedUp } from './look-up.ts';
import { httpsOnlyEnd, isLocalhostName, isMulticastName } from './name-rules.ts';

export interface Asked {
  readonly name: string;
  readonly port: number;
  /** Where this server listens for HTTPS; null when it does not. */
  readonly httpsPort: number | null;
  /** Null when there was no time left to ask. */
  readonly system: LookedUp | null;
  /** At the addresses that the system gave, in their order. */
  readonly answers: readonly HttpProbe[];
  /** At this server's own address. */
  readonly direct: HttpProbe;
  /** Null when there is no curl. */
  readonly curl: CurlAnswer | null;
  /** The proxy of the environment that curl asks for this name. */
  readonly proxy: string | null;
}

const WRITE_NAMES = 'Write the names into the hosts file: orion hosts sync';
const SLOW_MS = 1000;

type Base = Pick<ClientProbe, 'client' | 'addresses' | 'http'>;

/** One probe a client. */
export function clientProbes(asked: Asked): ClientProbe[] {
  return [browserProbe(asked), appProbe(asked), systemProbe(asked), curlProbe(asked)];
}

function browserProbe(asked: Asked): ClientProbe {
  const { name, direct } = asked;
  const system = systemProbe(asked);
  const end = httpsOnlyEnd(name);
  if (end !== null && system.verdict === 'works')
    return {
      ...system,
      client: 'browser',
      verdict: 'unknown',
      ...httpsOnly(end, asked.httpsPort),
    };
  if (!isLocalhostName(name)) return { ...system, client: 'browser' };
  const elsewhere =
    system.verdict === 'works' ? 'Every browser reaches it.' : 'Safari asks the system, which does not lead it here.';
  return {
    client: 'browser',
    verdict: direct.isOurs ? 'works' : 'fails',
    addresses: ['127.0.0.1'],
    http: direct,
    message: `Chrome, Edge and Firefox lead names below .localhost to this machine by themselves. ${elsewhere}`,
    fix: system.verdict === 'works' ? null : 'For Safari, write the names into the hosts file: orion hosts sync',
  };
}

function httpsOnly(end: string, port: number | null): Pick<ClientProbe, 'message' | 'fix'> {
  const begin = `Browsers open names below .${end} by HTTPS only`;
  return port === null
    ? {
        message: `${begin}; by HTTP it works for other programs alone.`,
        fix: 'Turn HTTPS on, or use a name that ends in .test or .localhost.',
      }
    : {
        message: `${begin}: https://…:${port}, where the certificate has to be trusted.`,
        fix: 'Look at the certificates: orion cert list',
      };
}

/** The app's own window is told where every name leads. */
function appProbe({ direct }: Asked): ClientProbe {
  return {
    client: 'app',
    verdict: direct.isOurs ? 'works' : 'fails',
    addresses: ['127.0.0.1'],
    http: direct,
    message: direct.isOurs
      ? 'The app resolves every name of the platform itself, without the hosts file.'
      : 'This server did not answer at its own address.',
    fix: null,
  };
}

function systemProbe(asked: Asked): ClientProbe {
  const { name, system, answers } = asked;
  const [first = null] = answers;
  const base: Base = { client: 'system', addresses: [...(system?.addresses ?? [])], http: first };
  if (system === null)
    return {
      ...base,
      verdict: 'unknown',
      message: 'There was no time left to ask for it.',
      fix: 'Try this name alone.',
    };
  if (system.failure === 'timeout')
    return {
      ...base,
      verdict: 'fails',
      message: `The system's resolver did not answer within ${Math.round(system.ms / 1000)} s.`,
      fix: WRITE_NAMES,
    };
  if (system.failure === 'not_found')
    return { ...base, verdict: 'fails', message: 'The system does not know this name.', fix: WRITE_NAMES };
  const listed = system.addresses.join(', ');
  if (!isLocal(system.addresses))
    return {
      ...base,
      verdict: 'fails',
      message: `It leads to ${listed}, which is not this machine.`,
      fix: WRITE_NAMES,
    };
  if (!answers.some(({ isOurs }) => isOurs)) return { ...base, verdict: 'fails', ...notOurs(asked, first) };
  const slow = slowness(asked);
  if (slow) return { ...base, verdict: 'works', ...slow };
  const local = isMulticastName(name)
    ? ' Names below .local are asked for in the local network first by some systems, which takes seconds.'
    : '';
  return {
    ...base,
    verdict: 'works',
    message: `It leads to ${listed}, and this server answers.${local}`,
    fix: local === '' ? null : 'A name that ends in .test or .localhost is never asked for there.',
  };
}

/** `::1` before 127.0.0.1 costs every new connection a wait when nobody listens there. */
function slowness({ system, answers }: Asked): Pick<ClientProbe, 'message' | 'fix'> | null {
  const at = system?.addresses.indexOf('::1') ?? -1;
  if (at !== -1 && answers[at] && !answers[at].isOurs)
    return {
      message:
        'It leads to ::1 as well, where this server does not answer: programs that try ::1 first wait before they go on to 127.0.0.1.',
      fix: 'Switch the names on ::1 off in the settings of the hosts file.',
    };
  if (system && system.ms > SLOW_MS)
    return {
      message: `It works, but the system took ${(system.ms / 1000).toFixed(1)} s to find it: every new connection waits so long.`,
      fix: WRITE_NAMES,
    };
  return null;
}

function notOurs({ port, name }: Asked, answer: HttpProbe | null): Pick<ClientProbe, 'message' | 'fix'> {
  if (answer?.status)
    return {
      message: `It leads to this machine, but another program answers on port ${port} (status ${answer.status}).`,
      fix: `Find out which: orion doctor`,
    };
  return {
    message: `${name} leads to this machine, but nothing answers there on port ${port}.`,
    fix: 'Look at the ports: orion doctor',
  };
}

function curlProbe(asked: Asked): ClientProbe {
  const { curl, proxy, name } = asked;
  if (!curl) {
    const system = systemProbe(asked);
    return {
      ...system,
      client: 'curl',
      message: `There is no curl here; it would do as the system does. ${system.message}`,
    };
  }
  const base: Base = { client: 'curl', addresses: [...curl.addresses], http: curl.http };
  if (curl.http.isOurs) {
    const own =
      isLocalhostName(name) && asked.system?.failure === 'not_found'
        ? 'curl leads names below .localhost here by itself.'
        : 'curl reaches this server.';
    return { ...base, verdict: 'works', message: own, fix: null };
  }
  if (proxy !== null)
    return {
      ...base,
      verdict: 'fails',
      message: `curl asks the proxy ${proxy} of the environment, which cannot know this name.`,
      fix: `export no_proxy="$no_proxy,${name}"`,
    };
  if (curl.error !== null) return { ...base, verdict: 'fails', message: `curl says: ${curl.error}`, fix: WRITE_NAMES };
  return { ...base, verdict: 'fails', ...notOurs(asked, curl.http) };
}
