import { z } from 'zod';
import type { PacState } from '../../contract/names.ts';
import { ConflictError } from '../../errors.ts';
import { type ForwardProxy, startForwardProxy } from './forward-proxy.ts';
import { pacHowTo } from './how-to.ts';
import { pacFile } from './pac-file.ts';
import type { ProxyPorts } from './target.ts';

const SETTING = 'network.pac';
const keptSettings = z.object({ isOn: z.boolean(), port: z.int().min(0).max(65_535) });

export interface PacParts {
  readonly settings: {
    readSetting(name: string): Promise<unknown>;
    writeSetting(name: string, value: unknown): Promise<void>;
  };
  readonly platformDomain: string;
  /** Every name that the platform answers for. */
  readonly names: () => Promise<readonly string[]>;
  /** Whether it answers for a name. */
  readonly isServed: (hostname: string) => Promise<boolean>;
  readonly onChanged: () => void;
}

/** Names for browsers outside without administrator rights: the PAC file and the proxy that it leads to. */
export class PacService {
  readonly #parts: PacParts;
  #ports: (() => ProxyPorts) | null = null;
  #proxy: ForwardProxy | null = null;
  #fault: string | null = null;
  /** The first port that was tried. */
  #wanted: number | null = null;
  /** Changes go one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: PacParts) {
    this.#parts = parts;
  }

  /** Starts the proxy when it was on before. Called once, when the server listens; without a port the server goes on. */
  async begin(ports: () => ProxyPorts): Promise<void> {
    this.#ports = ports;
    const { isOn } = await this.#settings();
    if (isOn)
      await this.#start().catch((error: Error) => {
        this.#fault = error.message;
      });
  }

  async state(): Promise<PacState> {
    const url = this.url;
    return {
      isOn: this.#proxy !== null,
      url,
      proxyPort: this.#proxy?.port ?? null,
      names: [...(await this.#parts.names())],
      howTo: url === null ? [] : pacHowTo(url),
    };
  }

  /**
   * Where the file is; null while off. A platform below a name that leads nowhere cannot serve it under that name:
   * then the proxy itself does.
   */
  get url(): string | null {
    if (!this.#proxy || !this.#ports) return null;
    const { platformDomain } = this.#parts;
    return platformDomain === 'localhost'
      ? `http://localhost:${this.#ports().http}/proxy.pac`
      : `http://127.0.0.1:${this.#proxy.port}/proxy.pac`;
  }

  get proxyPort(): number | null {
    return this.#proxy?.port ?? null;
  }

  /** The port that the proxy was to have; null while off. */
  get wantedPort(): number | null {
    return this.#proxy || this.#fault !== null ? this.#wanted : null;
  }

  /** Why the proxy does not run although it is wanted; null when all is well. */
  get fault(): string | null {
    return this.#fault;
  }

  /** Switches it on or off, also for the next start. @throws {ConflictError} when there is no server, or no free port */
  change(isOn: boolean): Promise<PacState> {
    const changed = this.#last.then(() => this.#change(isOn));
    this.#last = changed.catch(() => undefined);
    return changed;
  }

  async #change(isOn: boolean): Promise<PacState> {
    if (!this.#ports)
      throw new ConflictError('server_not_running', 'The proxy runs with the server. Start it first: orion serve');
    if (isOn !== (this.#proxy !== null)) {
      if (isOn) await this.#start();
      else await this.close();
    }
    const { port } = await this.#settings();
    await this.#parts.settings.writeSetting(SETTING, { isOn, port: this.#proxy?.port ?? port });
    this.#parts.onChanged();
    return this.state();
  }

  /** The file as it is now: while off, one that sends everything directly, for browsers that still name it. */
  async file(): Promise<string> {
    return pacFile(await this.#parts.names(), this.proxyPort);
  }

  /** Ends the proxy; the setting stays. */
  async close(): Promise<void> {
    const proxy = this.#proxy;
    this.#proxy = null;
    await proxy?.close();
  }

  async #start(): Promise<void> {
    const ports = this.#ports;
    if (!ports) return;
    this.#fault = null;
    const { port } = await this.#settings();
    const { isServed } = this.#parts;
    // The same port as before, so that browsers that have read the file go on.
    const first = port === 0 ? Math.min(ports().http + 1, 65_000) : port;
    this.#wanted = first;
    this.#proxy = await startForwardProxy({ port: first, ports, isServed, pac: () => this.file() }).catch((error) => {
      throw new ConflictError('no_free_port', (error as Error).message);
    });
  }

  async #settings(): Promise<z.infer<typeof keptSettings>> {
    const kept = keptSettings.safeParse(await this.#parts.settings.readSetting(SETTING));
    return kept.success ? kept.data : { isOn: false, port: 0 };
  }
}
