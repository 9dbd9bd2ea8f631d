import type { NameProbe } from '../../../contract/names.ts';
import { inTurns } from '../../../tenancy/in-turns.ts';
import type { PlatformName } from '../wanted-entries.ts';
import { clientProbes } from './client-probes.ts';
import { askWithCurl, type CurlAnswer, proxyFor } from './curl.ts';
import { probeHttp } from './http-probe.ts';
import { type LookedUp, lookUp } from './look-up.ts';

/** The system's resolver runs in the threads that files are read with: slow names must not take them all. */
const LOOKUPS_AT_ONCE = 2;
const CURLS_AT_ONCE = 4;
const NAMES_AT_ONCE = 16;
/** After this, names that were not asked for yet stay unknown. */
const DEADLINE_MS = 30_000;

export interface NameProberOptions {
  /** Changes with every start of this server. */
  readonly bootId: string;
  /** Null while this server does not listen for HTTPS. */
  readonly httpsPort?: () => number | null;
  readonly lookUp?: (name: string) => Promise<LookedUp>;
  readonly askWithCurl?: (name: string, port: number, bootId: string) => Promise<CurlAnswer | null>;
}

/** Tries names as each kind of client would. */
export class NameProber {
  readonly #bootId: string;
  readonly #httpsPort: () => number | null;
  readonly #lookUp: (name: string) => Promise<LookedUp>;
  readonly #askWithCurl: (name: string, port: number, bootId: string) => Promise<CurlAnswer | null>;
  readonly #lookups = inTurns(LOOKUPS_AT_ONCE);
  readonly #curls = inTurns(CURLS_AT_ONCE);

  constructor(options: NameProberOptions) {
    this.#bootId = options.bootId;
    this.#httpsPort = options.httpsPort ?? (() => null);
    this.#lookUp = options.lookUp ?? lookUp;
    this.#askWithCurl = options.askWithCurl ?? askWithCurl;
  }

  /**
   * Tries every name with browser, app, the system's resolver and curl. Never fails: what fails is the result.
   * @param port where this server listens
   */
  probe(names: readonly PlatformName[], port: number): Promise<NameProbe[]> {
    const atOnce = inTurns(NAMES_AT_ONCE);
    const until = Date.now() + DEADLINE_MS;
    return Promise.all(names.map((name) => atOnce(() => this.#probe(name, port, until))));
  }

  async #probe({ name, kind, store }: PlatformName, port: number, until: number): Promise<NameProbe> {
    const isInTime = () => Date.now() < until;
    const [system, direct, curl] = await Promise.all([
      this.#lookups(async () => (isInTime() ? this.#lookUp(name) : null)),
      probeHttp(name, '127.0.0.1', port, this.#bootId),
      this.#curls(async () => (isInTime() ? this.#askWithCurl(name, port, this.#bootId) : null)),
    ]);
    const local = (system?.addresses ?? []).filter((address) => address.startsWith('127.') || address === '::1');
    const isHere = system !== null && local.length === system.addresses.length;
    // An address that is not of this machine is nobody's to be asked.
    const answers = isHere
      ? await Promise.all(local.map((address) => probeHttp(name, address, port, this.#bootId)))
      : [];
    return {
      name,
      kind,
      store,
      clients: clientProbes({
        name,
        port,
        httpsPort: this.#httpsPort(),
        system,
        answers,
        direct,
        curl,
        proxy: proxyFor(name),
      }),
    };
  }
}
