/** Puts the doctor together: each of its parts is asked of whoever knows it. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { DoctorReport } from './contract/doctor.ts';
import { backendName } from './database/store-database.ts';
import { ConflictError } from './errors.ts';
import { lookAtStores } from './look-at-stores.ts';
import { Doctor, type DoctorParts } from './network/doctor/doctor.ts';
import { nextFreePort } from './network/doctor/port-holder.ts';
import type { PortUse } from './network/doctor/ports.ts';
import { reportWithoutServer } from './network/doctor/report-without-server.ts';
import { flushNames } from './network/hosts/flush-names.ts';
import { certificatesState } from './network/tls/certificate-state.ts';
import { renewAuthority } from './network/tls/create-tls.ts';
import type { AppParts } from './parts.ts';
import { migrateStore } from './tenancy/store-migrations.ts';

const ROOT = join(import.meta.dirname, '..');
const ACTOR = 'doctor';
const MAX_PROBED = 50;

export type DoctorNeeds = Pick<
  AppParts,
  | 'config'
  | 'tls'
  | 'backend'
  | 'switches'
  | 'stores'
  | 'fixtures'
  | 'directory'
  | 'pac'
  | 'ports'
  | 'events'
  | 'hosts'
  | 'prober'
>;

/** The doctor of a platform. */
export function assembleDoctor(parts: DoctorNeeds): Doctor {
  const { config, pac, ports } = parts;
  const { platformDomain, dataDir } = config;
  return new Doctor({
    dataDir,
    platformDomain,
    isDevelopment: config.mode === 'development',
    root: ROOT,
    installedAt,
    httpPort: () => ports.http,
    ports: async () => portUses(parts),
    prober: { probe: () => probeNames(parts) },
    hosts: () => parts.hosts.state(),
    certificates: () => certificatesState(parts.tls),
    pacUrl: () => pac.url,
    database: databaseLook(parts),
    stores: () => lookAtStores({ stores: parts.stores, backend: parts.backend, platformDomain }),
    fixes: {
      'hosts-sync': () => syncHosts(parts),
      'flush-dns': flushDns,
      trust: (finding) => trust(parts, finding.id),
      'restart-https': () => restartHttps(parts),
      'renew-certificates': () => renewCertificates(parts),
      'load-fixtures': () => loadFixtures(parts),
      migrate: () => migrateAll(parts),
    },
  });
}

/** What can be seen of a data folder that no server uses. */
export async function doctorWithoutServer(config: Config): Promise<DoctorReport> {
  const { dataDir, platformDomain, port, isPortFixed } = config;
  const http = { id: 'http', wanted: port, listening: null, isFixed: isPortFixed, fault: null } as const;
  return reportWithoutServer({
    dataDir,
    platformDomain,
    ports: [http],
    installedAt: await installedAt(),
  });
}

/** When this program's files were written, in milliseconds since 1970. */
export async function installedAt(): Promise<number> {
  return (await stat(join(ROOT, 'package.json'))).mtimeMs;
}

function portUses({ config, ports, pac, tls }: DoctorNeeds): PortUse[] {
  const https = tls.https.inForce;
  const secure = {
    wanted: https.isOn ? (config.httpsPort ?? https.port) : null,
    listening: https.listeningPort,
    isFixed: config.httpsPort !== undefined,
    fault: https.fault,
  };
  return [
    { id: 'http', wanted: config.port, listening: ports.http, isFixed: config.isPortFixed, fault: null },
    { id: 'https', ...secure },
    { id: 'proxy', wanted: pac.wantedPort, listening: pac.proxyPort, isFixed: false, fault: pac.fault },
  ];
}

function databaseLook({ backend, switches, stores }: DoctorNeeds): DoctorParts['database'] {
  const connection = () => switches.place.connection;
  return {
    backend: () => backendName(backend),
    label: () =>
      `${backend.engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'} ${connection().version} (${switches.place.label})`,
    check: () => backend.check(),
    time: () => (backend.engine === 'sqlite' ? null : databaseTime),
  };

  /** Any store's handle leads to the server. */
  async function databaseTime(): Promise<number | null> {
    const [store] = await stores.records();
    if (!store) return null;
    const sql = 'SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS double precision) AS at';
    const rows = await backend.use(store, (database) => database.query<{ at: number | string }>(sql));
    return Number(rows[0]?.at);
  }
}

/** The platform's own names first: they stand first in the list. */
async function probeNames({ hosts, prober, ports }: DoctorNeeds) {
  const names = await hosts.names();
  const probes = ports.http === null ? [] : await prober.probe(names.slice(0, MAX_PROBED), ports.http);
  return { probes, left: names.length - probes.length };
}

async function syncHosts({ hosts, ports }: DoctorNeeds) {
  const { expected } = await hosts.plan({ action: 'sync' });
  const { isDone, elevation, cacheFlush, state } = await hosts.apply({ action: 'sync', expected }, ports.http ?? 0);
  const written = `${state.present.length} entries are in ${state.path}.${cacheFlush === null ? '' : ` ${cacheFlush}`}`;
  return { message: isDone ? written : `${state.path} needs administrator rights.`, elevation };
}

async function flushDns() {
  const done = await flushNames();
  return { message: done ?? 'This system keeps no cache of names that could be emptied.', elevation: null };
}

/** @param id of the finding: `trust:` and the place */
async function trust({ tls, events }: DoctorNeeds, id: string) {
  const place = id.startsWith('trust:') ? [id.slice('trust:'.length)] : undefined;
  const { results, elevation } = await tls.trust.give(place);
  events.tellChanged('certificates');
  return { message: results.map(({ message }) => message).join(' ') || 'There is no place to change.', elevation };
}

/** Where its port was taken, HTTPS moves to the next free one and stays there. */
async function restartHttps({ tls, events }: DoctorNeeds) {
  const { port } = tls.https.inForce;
  try {
    await tls.https.change({ isOn: true });
  } catch (error) {
    const free = error instanceof ConflictError ? await nextFreePort(port) : null;
    if (free === null) throw error;
    await tls.https.change({ isOn: true, port: free });
  }
  events.tellChanged('certificates');
  return { message: `HTTPS answers on port ${tls.https.inForce.listeningPort}.`, elevation: null };
}

async function renewCertificates({ tls, events }: DoctorNeeds) {
  await renewAuthority(tls);
  events.tellChanged('certificates');
  return {
    message: 'The authority and its certificates were made anew. Trust the new authority again.',
    elevation: null,
  };
}

async function loadFixtures({ fixtures }: DoctorNeeds) {
  const made: string[] = [];
  for (const code of fixtures.names()) {
    const { store, isNew } = await fixtures.load(code, { actor: ACTOR });
    if (isNew) made.push(store.name);
  }
  const message = made.length > 0 ? `Made ${made.join(', ')}.` : 'Every demo store is there already.';
  return { message, elevation: null };
}

async function migrateAll({ stores, backend }: DoctorNeeds) {
  let brought = 0;
  for (const store of await stores.records()) {
    const ran = await migrateStore(backend, store);
    if (ran.length > 0) brought += 1;
  }
  const message = brought === 0 ? 'Every store was up to date.' : `${brought} stores were brought up to date.`;
  return { message, elevation: null };
}
