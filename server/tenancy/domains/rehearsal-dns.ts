import type { z } from 'zod';
import type { addRecordInput, changeRehearsalInput, RehearsalDns } from '../../contract/domains.ts';
import type { PlatformDatabase } from '../../database/platform-database.ts';
import { stores } from '../../database/platform-tables.ts';
import { ConflictError, NotFoundError, UnavailableError, ValidationError } from '../../errors.ts';
import { isLoopbackAddress } from '../../network/dns/address-kinds.ts';
import { type DomainResolver, nodeResolver } from '../../network/dns/domain-resolver.ts';
import { type PlayedFile, type RunningFileServer, startFileServer } from '../../network/dns/rehearsal-files.ts';
import { type AnsweredQuestion, type RunningDnsServer, startDnsServer } from '../../network/dns/rehearsal-server.ts';
import { answerQuestion, isBelowDomain, type PlayedDomain, type Scenario } from '../../network/dns/rehearsal-zone.ts';
import { refuseFaults } from '../store-input.ts';
import { readDomain, twinOf } from './domain-name.ts';
import { type DomainPair, type DomainTarget, proofOf, recordsOf } from './domain-records.ts';
import { FILE_PATH, TXT_LABEL } from './domain-token.ts';
import { SCENARIO_TEXTS } from './rehearsal-scenarios.ts';
import { changeRehearsal, MAX_RECORDS, type RehearsalState, readRecord, readRehearsal } from './rehearsal-state.ts';

export interface RehearsalParts {
  readonly platform: PlatformDatabase;
  readonly platformDomain: string;
  /** A rehearsal proves nothing: in production, none is played. */
  readonly isDevelopment: boolean;
  readonly target: () => Promise<DomainTarget>;
  /** A domain that some store has. */
  readonly find: (domain: string) => Promise<(DomainPair & { readonly storeId: number }) | null>;
  readonly onChanged: () => void;
  /** How long an answer is waited for; a test waits less. */
  readonly timeoutMs?: number;
}

interface Servers {
  readonly dns: RunningDnsServer;
  readonly files: RunningFileServer;
}

const KEPT_QUESTIONS = 100;
const MAX_PLAYING = 200;
const TIMEOUT_MS = 5000;
const SYSTEM_HIDDEN =
  'The DNS for rehearsals proves nothing. It is only there in development mode (--mode development).';

/**
 * The DNS that plays the internet on this machine, and the choice between it and the system's. A stand-in for the public DNS:
 * its records are set on screen, its packets are real.
 */
export class RehearsalService {
  readonly #parts: RehearsalParts;
  #servers: Promise<Servers> | null = null;
  #questions: readonly AnsweredQuestion[] = [];
  #isClosed = false;

  constructor(parts: RehearsalParts) {
    this.#parts = parts;
  }

  /** The DNS in use, running. @throws {UnavailableError} when the one for rehearsals cannot be started */
  async resolver(): Promise<DomainResolver> {
    const { isDevelopment, timeoutMs = TIMEOUT_MS } = this.#parts;
    if (this.#kindOf(await this.#read()) === 'system')
      return nodeResolver('system', { file: { isPublicOnly: !isDevelopment } });
    const { dns, files } = await this.#start();
    const { addresses } = await this.#parts.target();
    return nodeResolver('rehearsal', {
      servers: [`${dns.address}:${dns.port}`],
      timeoutMs,
      tries: 1,
      file: {
        timeoutMs,
        // In a rehearsal there is one web server, and nothing is sent anywhere else.
        reach: (address) =>
          isLoopbackAddress(address) || addresses.includes(address) ? { host: dns.address, port: files.port } : null,
      },
    });
  }

  /** True while a domain rehearses that its certificate is not there yet. */
  async isCertificatePending(domain: string): Promise<boolean> {
    const state = await this.#read();
    if (this.#kindOf(state) === 'system') return false;
    return this.#scenarioFor(domain, state)?.scenario === 'certificate_pending';
  }

  /** Everything of it, for the screen; it is running then. */
  async view(): Promise<RehearsalDns> {
    const state = await this.#read();
    const servers = this.#parts.isDevelopment ? await this.#start() : null;
    const [first] = Object.keys(state.playing);
    const asked = `${TXT_LABEL}.${first ?? 'shop.example.com'}`;
    return {
      resolver: this.#kindOf(state),
      isRunning: servers !== null,
      address: servers?.dns.address ?? '127.0.0.1',
      port: servers?.dns.port ?? null,
      delayMs: state.delayMs,
      records: [...state.records],
      scenarios: SCENARIO_TEXTS,
      playing: await Promise.all(
        Object.entries(state.playing).map(async ([domain, scenario]) => ({
          domain,
          store: await this.#holderOf(domain),
          scenario,
        })),
      ),
      questions: [...this.#questions],
      tryCommand: servers && `dig @${servers.dns.address} -p ${servers.dns.port} ${asked} TXT`,
    };
  }

  /** @throws {ValidationError} in production mode */
  async change({ resolver, delayMs }: z.output<typeof changeRehearsalInput>): Promise<void> {
    if (resolver === 'rehearsal') this.#refuseProduction('resolver');
    await this.#change((state) => ({
      ...state,
      resolver: resolver ?? state.resolver,
      delayMs: delayMs ?? state.delayMs,
    }));
  }

  /** Lets a domain play a scenario; a domain and its twin of the same store play together. */
  async play(text: string, scenario: Scenario): Promise<void> {
    this.#refuseProduction('scenario');
    const { domain, fault } = readDomain(text, this.#parts.platformDomain);
    refuseFaults('The scenario was not set', fault === null ? [] : [{ field: 'domain', message: fault }]);
    const held = await this.#parts.find(domain);
    const played = held ? proofOf(held).domain : domain;
    await this.#change((state) => {
      const { [twinOf(played) ?? '']: _twin, ...playing } = state.playing;
      if (Object.keys(playing).length >= MAX_PLAYING && !(played in playing))
        throw new ConflictError('too_many_scenarios', `${MAX_PLAYING} domains play a scenario already.`);
      return { ...state, playing: { ...playing, [played]: scenario } };
    });
  }

  /** @throws {ValidationError} with every fault of the record */
  async addRecord(input: z.output<typeof addRecordInput>): Promise<void> {
    const { record, faults } = readRecord(input);
    refuseFaults('The record was not added', faults);
    await this.#change((state) => {
      if (state.records.length >= MAX_RECORDS)
        throw new ValidationError(`There are ${MAX_RECORDS} records already. Remove some first.`, []);
      return { ...state, records: [...state.records, record] };
    });
  }

  /** @throws {NotFoundError} when there is no such record */
  async removeRecord(id: string): Promise<void> {
    await this.#change((state) => {
      const records = state.records.filter((record) => record.id !== id);
      if (records.length === state.records.length)
        throw new NotFoundError('There is no such record any more.', 'record_not_found');
      return { ...state, records };
    });
  }

  /** Ends the servers; they are not started again. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const servers = await this.#servers?.catch(() => null);
    await Promise.all([servers?.dns.close(), servers?.files.close()]);
  }

  #start(): Promise<Servers> {
    if (this.#isClosed) throw new UnavailableError('server_stopping', 'The server is about to end.');
    this.#servers ??= this.#open().catch((error: unknown) => {
      this.#servers = null;
      throw new UnavailableError(
        'rehearsal_unavailable',
        'The DNS for rehearsals cannot be started on this machine.',
        error,
      );
    });
    return this.#servers;
  }

  async #open(): Promise<Servers> {
    const files = await startFileServer((host) => this.#playedFile(host));
    try {
      const dns = await startDnsServer({
        reply: async (question) => {
          const state = await this.#read();
          const reply = answerQuestion(question, await this.#playedDomain(question.name, state), state.records);
          return reply && { ...reply, delayMs: reply.delayMs + state.delayMs };
        },
        onAnswered: (answered) => {
          this.#questions = [answered, ...this.#questions].slice(0, KEPT_QUESTIONS);
        },
      });
      return { dns, files };
    } catch (error) {
      await files.close();
      throw error;
    }
  }

  /** What a name's domain plays: a scenario, or, where a store has it and none was chosen, nothing entered yet. */
  async #playedDomain(name: string, state: RehearsalState): Promise<PlayedDomain | null> {
    const chosen = this.#scenarioFor(name, state);
    const bare = name.startsWith(`${TXT_LABEL}.`) ? name.slice(TXT_LABEL.length + 1) : name;
    const held = await this.#parts.find(chosen?.domain ?? bare);
    if (!held) return chosen && { ...chosen, records: await this.#addressesOf(chosen.domain) };
    const played = chosen ?? { domain: proofOf(held).domain, scenario: 'empty' as const };
    return { ...played, records: recordsOf(held, await this.#parts.target()) };
  }

  /** A domain that no store has: it leads here, and proves nothing. */
  async #addressesOf(name: string): Promise<PlayedDomain['records']> {
    const { addresses } = await this.#parts.target();
    return addresses.map((value) => ({ name, type: value.includes(':') ? 'AAAA' : 'A', value, ttl: 60 }));
  }

  async #playedFile(host: string): Promise<PlayedFile | null> {
    const chosen = this.#scenarioFor(host, await this.#read());
    const held = await this.#parts.find(host);
    if (!chosen || !held) return null;
    return { scenario: chosen.scenario, path: FILE_PATH, content: held.row.verificationToken };
  }

  /** The longest domain that plays and that the name is, or is below of. */
  #scenarioFor(name: string, { playing }: RehearsalState): { domain: string; scenario: Scenario } | null {
    const [found] = Object.entries(playing)
      .filter(([domain]) => isBelowDomain(name, domain))
      .sort(([one], [other]) => other.length - one.length);
    return found ? { domain: found[0], scenario: found[1] } : null;
  }

  async #holderOf(domain: string): Promise<string | null> {
    const held = await this.#parts.find(domain);
    const store = held && (await this.#parts.platform.table(stores).findOne({ where: { id: held.storeId } }));
    return store?.code ?? null;
  }

  #kindOf({ resolver }: RehearsalState): 'system' | 'rehearsal' {
    return this.#parts.isDevelopment ? (resolver ?? 'rehearsal') : 'system';
  }

  #refuseProduction(field: string): void {
    if (this.#parts.isDevelopment) return;
    throw new ValidationError(SYSTEM_HIDDEN, [{ field, message: SYSTEM_HIDDEN }]);
  }

  #read(): Promise<RehearsalState> {
    return readRehearsal(this.#parts.platform);
  }

  async #change(change: (state: RehearsalState) => RehearsalState): Promise<void> {
    await changeRehearsal(this.#parts.platform, change);
    this.#parts.onChanged();
  }
}
