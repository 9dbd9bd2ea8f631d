import type { ChangeHttpsInput, DecidableHttps, HttpsSettings } from '../../contract/certificates.ts';
import { AppError, ConflictError, StartupError } from '../../errors.ts';
import type { Logger } from '../../observability/log.ts';
import { origin } from '../../tenancy/origin.ts';
import type { HostCertificates } from './host-certificates.ts';
import {
  defined,
  type KeptSettings,
  readHttpsSettings,
  type WantedHttps,
  writeHttpsSettings,
} from './https-settings.ts';
import { listenForTls, type RequestHandler, type TlsListening } from './listen-tls.ts';

export interface HttpsParts {
  readonly settings: KeptSettings;
  readonly wanted: WantedHttps;
  readonly hosts: HostCertificates;
  readonly platformDomain: string;
  readonly log: Logger;
}

/** How HTTPS is offered right now. */
export interface HttpsInForce extends HttpsSettings {
  readonly listeningPort: number | null;
  readonly url: string | null;
  readonly fault: string | null;
  /** What is as who started the server said; a change while it runs comes before that. */
  readonly decided: DecidableHttps[];
}

/** The HTTPS listener: opens, closes and moves it while everything else goes on. */
export class HttpsService {
  readonly #parts: HttpsParts;
  #settings: HttpsSettings = { isOn: false, port: 1, redirect: false, hstsSeconds: 0 };
  #handler: RequestHandler | null = null;
  #listening: TlsListening | null = null;
  #fault: string | null = null;
  readonly #decided: Set<DecidableHttps>;
  #last: Promise<unknown> = Promise.resolve();
  readonly #closing = new Set<Promise<void>>();
  readonly #listeners = new Set<() => void>();

  constructor(parts: HttpsParts) {
    this.#parts = parts;
    const { isOn, port } = parts.wanted;
    this.#decided = new Set(Object.keys(defined({ isOn, port })) as DecidableHttps[]);
  }

  /**
   * Listens when it is wanted. What was kept and cannot be done is told in `inForce`, and the server goes on.
   * @throws {StartupError} when who started the server asked for what cannot be done
   */
  async start(handler: RequestHandler): Promise<void> {
    this.#handler = handler;
    const { wanted, log } = this.#parts;
    this.#settings = { ...(await this.read()), ...defined({ isOn: wanted.isOn, port: wanted.port || undefined }) };
    if (!this.#settings.isOn) return;
    try {
      this.#listening = await this.#listen(this.#port);
    } catch (error) {
      if (wanted.isOn) throw error instanceof AppError ? new StartupError(error.message) : error;
      this.#fault = messageOf(error);
      log.warn({ event: 'tls.listen', err: error }, `HTTPS is switched on, but does not listen: ${this.#fault}`);
    }
  }

  /** The settings that are kept; those in force may come from who started the server. */
  read(): Promise<HttpsSettings> {
    return readHttpsSettings(this.#parts.settings);
  }

  /** Whether there is a server that would answer; a command has none. */
  get isStarted(): boolean {
    return this.#handler !== null;
  }

  /** How HTTPS is offered right now. */
  get inForce(): HttpsInForce {
    const listeningPort = this.#listening?.port ?? null;
    const host = this.#parts.platformDomain;
    return {
      ...this.#settings,
      port: this.#port || listeningPort || this.#settings.port,
      decided: [...this.#decided],
      listeningPort,
      url: listeningPort === null ? null : `${origin('https', host, listeningPort === 443 ? null : listeningPort)}/`,
      fault: this.#fault,
    };
  }

  /**
   * Changes how HTTPS is offered and keeps it; only this listener is restarted.
   * @throws {ConflictError} when it cannot listen like that; nothing is changed then
   */
  change(changes: ChangeHttpsInput): Promise<void> {
    const changed = this.#last.then(() => this.#change(defined(changes)));
    this.#last = changed.catch(() => undefined);
    return changed;
  }

  /** Calls `listener` after each change that was made here. Returns the function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes over what another process of the platform has changed. Whether and where this one listens is its own. */
  follow(): Promise<void> {
    const followed = this.#last.then(async () => {
      const { redirect, hstsSeconds } = await this.read();
      this.#settings = { ...this.#settings, redirect, hstsSeconds };
    });
    this.#last = followed.catch(() => undefined);
    return followed;
  }

  /** Shows the platform's certificate anew to clients that name nobody. */
  async refresh(): Promise<void> {
    if (this.#listening) this.#listening.showToUnnamed(await this.#parts.hosts.platformPair());
  }

  /** Stops listening. */
  async close(): Promise<void> {
    await this.#last;
    await Promise.all([...this.#closing, this.#listening?.close()]);
    this.#listening = null;
  }

  async #change(changes: Partial<HttpsSettings>): Promise<void> {
    // A command without a server has no listener: it only keeps what the next start will do.
    const before = this.#handler ? this.#settings : await this.read();
    const after = { ...before, ...changes };
    const isOther = after.port !== before.port || (after.isOn && !this.#listening);
    let opened: TlsListening | null = null;
    if (this.#handler && after.isOn && isOther) opened = await this.#open(changes.port ?? this.#port);
    // What came from who started the server is not kept: it holds for this run.
    await writeHttpsSettings(this.#parts.settings, { ...(await this.read()), ...changes });
    this.#settings = after;
    for (const name of Object.keys(changes)) this.#decided.delete(name as DecidableHttps);
    this.#fault = null;
    if (opened || !after.isOn) this.#replace(opened);
    for (const listener of this.#listeners) listener();
  }

  /** Where it is to listen; 0 where who started the server left it to the system. */
  get #port(): number {
    return this.#decided.has('port') ? (this.#parts.wanted.port ?? this.#settings.port) : this.#settings.port;
  }

  async #open(port: number): Promise<TlsListening> {
    try {
      return await this.#listen(port);
    } catch (error) {
      // Ports, the authority, and files that cannot be written are told; anything else is a fault of this program.
      const isTold = error instanceof AppError || error instanceof StartupError || 'code' in (error as object);
      throw isTold ? new ConflictError('https_unavailable', messageOf(error)) : error;
    }
  }

  async #listen(port: number): Promise<TlsListening> {
    const { hosts, wanted } = this.#parts;
    const handler = this.#handler;
    if (!handler) throw new Error('there is nothing that would answer');
    return listenForTls(handler, {
      port,
      isFixed: wanted.port === port,
      platformPair: await hosts.platformPair(),
      contextFor: (servername) => hosts.contextFor(servername),
    });
  }

  /** The request that asked for it may have come over the listener that goes: nobody waits for its end. */
  #replace(next: TlsListening | null): void {
    const former = this.#listening;
    this.#listening = next;
    if (!former) return;
    const closing = former.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}

function messageOf(error: unknown): string {
  return (error as Error)?.message ?? String(error);
}
