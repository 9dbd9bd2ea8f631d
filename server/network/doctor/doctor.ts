import type { CertificatesState } from '../../contract/certificates.ts';
import type { DOCTOR_ACTIONS, DoctorReport, Finding } from '../../contract/doctor.ts';
import type { Elevation } from '../../contract/elevation.ts';
import type { HostsState } from '../../contract/names.ts';
import { ConflictError, NotFoundError, UnavailableError } from '../../errors.ts';
import { type AskServer, askOnPort } from './ask-server.ts';
import { checkCertificates } from './certificates.ts';
import { lookAtChecklist } from './checklist.ts';
import { checkClock } from './clock.ts';
import { checkDataFolder } from './data-folder.ts';
import { checkDatabase, type DatabaseLook } from './database.ts';
import { type Group, unique } from './finding.ts';
import { checkHostsBlock, missingNames } from './hosts-block.ts';
import { checkNames, type TriedNames } from './names.ts';
import { checkPorts, type PortUse } from './ports.ts';
import { checkProxy } from './proxy.ts';
import { type Check, LATE, runChecks, within } from './run-checks.ts';
import { checkStores, type LookedStore } from './stores.ts';

export type DoctorAction = (typeof DOCTOR_ACTIONS)[number];

/** Does what a finding's button says; `elevation` when a person has to give rights first. */
export type DoFix = (finding: Finding) => Promise<{ readonly message: string; readonly elevation: Elevation | null }>;

/** Everything the doctor of a running server looks at; each part belongs to whoever knows it. */
export interface DoctorParts {
  readonly dataDir: string;
  readonly platformDomain: string;
  readonly isDevelopment: boolean;
  /** The project's folder. */
  readonly root: string;
  /** When this program's files were written, in milliseconds since 1970. */
  readonly installedAt: () => Promise<number>;
  /** Where the server listens; null for a command's own. */
  readonly httpPort: () => number | null;
  readonly ports: () => Promise<readonly PortUse[]>;
  readonly prober: { readonly probe: () => Promise<TriedNames> };
  readonly hosts: () => Promise<HostsState>;
  readonly certificates: () => Promise<CertificatesState>;
  /** Of the PAC file; null while off. */
  readonly pacUrl: () => string | null;
  readonly database: DatabaseLook;
  /** The stores that are looked into, at most a hundred, and how many there are. */
  readonly stores: () => Promise<{ readonly looked: readonly LookedStore[]; readonly total: number }>;
  readonly fixes: Readonly<Record<DoctorAction, DoFix>>;
}

const CHECKLIST_MS = 15_000;
const FIX_MS = 60_000;

/** Looks at everything the platform needs, and does what a finding's button says. */
export class Doctor {
  readonly #parts: DoctorParts;
  /** Of the last report: its buttons are the ones that are pressed. */
  #last: readonly Finding[] = [];
  #running: Promise<DoctorReport> | null = null;

  constructor(parts: DoctorParts) {
    this.#parts = parts;
  }

  /** Looks at everything; what cannot be looked at is a finding as well. Who asks meanwhile gets the same report. */
  report(): Promise<DoctorReport> {
    this.#running ??= this.#look().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #look(): Promise<DoctorReport> {
    const began = performance.now();
    const at = Date.now();
    const asked = this.#ask();
    const findings = unique(await runChecks(this.#checks(asked)));
    const checklist = await this.#checklist(asked, findings);
    this.#last = findings;
    return { at, durationMs: Math.round(performance.now() - began), findings, checklist };
  }

  /**
   * Does what the button of a finding says and looks again.
   * @throws {NotFoundError} when there is no such finding any more
   * @throws {ConflictError} when nothing but a person can do something about it
   */
  async fix(id: string): Promise<{ message: string; elevation: Elevation | null; finding: Finding | null }> {
    const found =
      this.#last.find((finding) => finding.id === id) ?? (await this.#lookAgain()).find((one) => one.id === id);
    if (!found) throw new NotFoundError(`There is no finding "${id}" any more. Look again.`, 'finding_unknown');
    const action = found.fix?.action;
    if (!action)
      throw new ConflictError(
        'no_fix',
        `Nothing can be done about this from here. ${found.fix?.text ?? 'All is well.'}`,
      );
    const done = await within(this.#parts.fixes[action](found), FIX_MS);
    if (done === LATE) throw new UnavailableError('fix_slow', `This was not done within ${FIX_MS / 1000} s.`);
    if (done.elevation) return { ...done, finding: null };
    const after = (await this.#lookAgain(found.group)).find((finding) => finding.id === id);
    // What is not found any more is well.
    return { ...done, finding: after ?? { ...found, status: 'ok', message: done.message, details: [], fix: null } };
  }

  async #lookAgain(group?: Group): Promise<readonly Finding[]> {
    const checks = this.#checks(this.#ask()).filter((check) => group === undefined || check.group === group);
    return unique(await runChecks(checks));
  }

  /** What several checks need is asked for once. */
  #ask(): Asked {
    const { stores, hosts, certificates, httpPort } = this.#parts;
    const port = httpPort();
    return {
      stores: stores(),
      hosts: hosts(),
      certificates: certificates(),
      port,
      ask: port === null ? null : askOnPort(port),
    };
  }

  #checks({ stores, hosts, certificates, ask }: Asked): Check[] {
    const { dataDir, database, prober } = this.#parts;
    // A check that waits for one of them says what went wrong; here it would end the process.
    for (const promise of [stores, hosts, certificates]) promise.catch(() => undefined);
    return [
      { group: 'ports', name: 'ports', run: async () => checkPorts(await this.#parts.ports()) },
      { group: 'names', name: 'names', run: async () => checkNames(await prober.probe()) },
      { group: 'hosts', name: 'hosts file', run: async () => checkHostsBlock(await hosts) },
      { group: 'certificates', name: 'certificates and trust', run: async () => checkCertificates(await certificates) },
      {
        group: 'database',
        name: 'database',
        run: async () => {
          const { looked, total } = await stores;
          return checkDatabase(database, looked, total);
        },
      },
      { group: 'data', name: 'data folder', run: () => checkDataFolder(dataDir) },
      { group: 'proxy', name: 'proxy settings', run: () => this.#proxy(hosts) },
      { group: 'clock', name: 'clock', run: () => this.#clock(certificates) },
      {
        group: 'stores',
        name: 'stores',
        run: async () => {
          const { looked, total } = await stores;
          const missing = await hosts.then(missingNames, () => []);
          return checkStores({ stores: looked, total, ask, missingNames: missing });
        },
      },
    ];
  }

  async #proxy(hosts: Promise<HostsState>): Promise<Finding[]> {
    const { platformDomain, pacUrl } = this.#parts;
    const wanted = await hosts.then(
      (state) => state.wanted.map(({ name }) => name),
      () => [platformDomain, `admin.${platformDomain}`],
    );
    return checkProxy({ names: [...new Set(wanted)], pacUrl: pacUrl(), env: process.env });
  }

  async #clock(certificates: Promise<CertificatesState>): Promise<Finding[]> {
    const { database, installedAt } = this.#parts;
    const state = await certificates.catch(() => null);
    const all = state ? [...(state.authority ? [state.authority] : []), ...state.certificates] : [];
    return checkClock({
      notBefore: all.map(({ notBefore }) => notBefore),
      databaseTime: database.time(),
      installedAt: await installedAt(),
    });
  }

  async #checklist({ stores, ask, port }: Asked, findings: readonly Finding[]): Promise<DoctorReport['checklist']> {
    if (!ask || port === null) return [];
    const { platformDomain, root, isDevelopment } = this.#parts;
    const { looked } = await stores.catch(() => ({ looked: [] }));
    const input = { platformDomain, root, isDevelopment, findings: [...findings], stores: looked, port, ask };
    const lines = await within(lookAtChecklist(input), CHECKLIST_MS).catch(() => LATE);
    return typeof lines === 'symbol' ? [] : lines;
  }
}

interface Asked {
  readonly stores: ReturnType<DoctorParts['stores']>;
  readonly hosts: Promise<HostsState>;
  readonly certificates: Promise<CertificatesState>;
  readonly port: number | null;
  readonly ask: AskServer | null;
}
