import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import envPaths from 'env-paths';
import { z } from 'zod';
import { databaseUrlFault, databaseUrlFromEnvironment, EMBEDDED } from './database-url.ts';
import { type Fault, StartupError } from './errors.ts';

const wholeNumber = (min: number, max: number) =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^\d{1,9}$/)
          .transform(Number),
      ],
      { error: 'must be a number' },
    )
    .pipe(
      z.number().int('must be a whole number').min(min, `must be at least ${min}`).max(max, `must be at most ${max}`),
    );

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')], {
  error: 'must be true or false',
});

const oneOf = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  z.enum(values, { error: `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}` });

/** Every setting: its type, its default and what it is for. One place, so that all sources agree. */
const settingsSchema = z.strictObject({
  /** Port to listen on. Without it: 8000, or the next free one. */
  port: wholeNumber(0, 65535).optional(),
  /** Folder of databases and pictures. */
  dataDir: z.string().min(1, 'must not be empty').optional(),
  /** Folder of the stores' pictures, when several servers with data folders of their own share them. */
  storageDir: z.string().min(1, 'must not be empty').optional(),
  /** The domain that stores are subdomains of. */
  platformDomain: z
    .string()
    .toLowerCase()
    .regex(/^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/, 'must be a domain name such as localhost or shops.example.com')
    .default('localhost'),
  /** `production` leaves out the demo endpoints, debug headers and near matches. */
  mode: oneOf('development', 'production').default('development'),
  /** Without these two: the backend the data folder was made with, else sqlite/database. */
  engine: oneOf('sqlite', 'postgres').optional(),
  isolation: oneOf('row', 'schema', 'database').optional(),
  /** A Postgres server, or `embedded` for the built-in one. Counts where the engine is postgres. */
  databaseUrl: z
    .string()
    .superRefine((text, context) => {
      const message = databaseUrlFault(text);
      if (message) context.addIssue({ code: 'custom', message });
    })
    .optional(),
  /** Demo stores to load on first run. */
  fixtures: z
    .union(
      [
        z.array(z.string()),
        z.string().transform((text) =>
          text === 'none'
            ? []
            : text
                .split(',')
                .map((code) => code.trim())
                .filter(Boolean),
        ),
      ],
      {
        error: 'must be a list such as techstore,fashion, or none',
      },
    )
    .default(['techstore', 'fashion', 'orion']),
  logLevel: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info'),
  /** Whether a proxy in front says by `X-Forwarded-Proto` how it was asked. */
  trustProxy: flag.default(false),
  /** Whether to listen for HTTPS as well. Without it: as it was switched in the console. */
  https: flag.optional(),
  /** Port for HTTPS; then no other is tried. Without it: 8443, or the next free one. */
  httpsPort: wholeNumber(0, 65535).optional(),
  /** Home folder whose browsers' trust is looked at and changed, instead of the user's; the system's is then left alone. */
  trustHome: z.string().min(1, 'must not be empty').optional(),
  /** Hosts file that names are written into, instead of the system's. */
  hostsFile: z.string().min(1, 'must not be empty').optional(),
  /** Addresses that stores' domains have to point to. Without it: loopback in development, else the platform domain's own. */
  publicAddress: z
    .union([z.array(z.string()), z.string().transform((text) => text.split(',').map((address) => address.trim()))])
    .refine(
      (addresses) => addresses.every((address) => isIP(address) !== 0),
      'must be one or more IP addresses, separated by commas',
    )
    .default([]),
  /** Whether stores also answer below `/storefront/{code}` of the platform host. */
  pathRouting: flag.default(true),
  /** How many requests the inspector lists; 0 records nothing. */
  traceRequests: wholeNumber(0, 1_000_000).default(100_000),
  /** Memory for the details of the newest of them (ladder, spans, SQL, headers), in MiB. */
  traceMegabytes: wholeNumber(1, 4096).default(64),
  /** API requests a store may get in a minute. */
  apiRequestsPerMinute: wholeNumber(1, 1_000_000).default(1000),
  /** Statements and transactions a store may have under way at once. */
  storeConnections: wholeNumber(1, 1000).default(20),
  /** Database and files of a store together, in MiB. */
  storeStorageMegabytes: wholeNumber(1, 10_000_000).default(10_240),
  /** Background jobs a store may have running at once. */
  storeJobs: wholeNumber(1, 100).default(5),
  /** Connections to Postgres at once, for the stores of this server. */
  databaseConnections: wholeNumber(4, 1000).default(60),
  /** Of these, connections at once to the database of one store, where each has its own. */
  databaseConnectionsPerStore: wholeNumber(1, 100).default(4),
  /** What happens to a statement that could reach another store's rows. */
  scopeGuard: oneOf('refuse', 'log', 'off').default('refuse'),
  /** Stores' database files kept open. */
  maxOpenDatabases: wholeNumber(1, 10_000).default(128),
});

type Settings = z.infer<typeof settingsSchema>;

/** The whole configuration: checked, complete and frozen. */
export interface Config
  extends Readonly<Omit<Settings, 'port' | 'dataDir' | 'storageDir' | 'trustHome' | 'hostsFile' | 'databaseUrl'>> {
  readonly port: number;
  /** True when the port was named: then no other is tried. */
  readonly isPortFixed: boolean;
  readonly dataDir: string;
  /** Of a Postgres server, with its password; null: none, or the built-in one. Null unless the engine is postgres. */
  readonly databaseUrl: string | null;
  /** Null: inside the data folder. */
  readonly storageDir: string | null;
  /** Null: the user's own. */
  readonly trustHome: string | null;
  /** Null: the system's. */
  readonly hostsFile: string | null;
  /** Print one line of JSON when ready. */
  readonly json: boolean;
}

const DEFAULT_PORT = 8000;
const CONFIG_FILE = 'orion.config.json';
const ENVIRONMENT: Readonly<Record<string, keyof Settings>> = {
  ORION_PORT: 'port',
  ORION_DATA_DIR: 'dataDir',
  ORION_STORAGE_DIR: 'storageDir',
  ORION_PLATFORM_DOMAIN: 'platformDomain',
  ORION_MODE: 'mode',
  ORION_ENGINE: 'engine',
  ORION_ISOLATION: 'isolation',
  ORION_DATABASE_URL: 'databaseUrl',
  ORION_FIXTURES: 'fixtures',
  ORION_LOG_LEVEL: 'logLevel',
  ORION_TRUST_PROXY: 'trustProxy',
  ORION_HTTPS: 'https',
  ORION_HTTPS_PORT: 'httpsPort',
  ORION_TRUST_HOME: 'trustHome',
  ORION_HOSTS_FILE: 'hostsFile',
  ORION_PUBLIC_ADDRESS: 'publicAddress',
  ORION_PATH_ROUTING: 'pathRouting',
  ORION_TRACE_REQUESTS: 'traceRequests',
  ORION_TRACE_MEGABYTES: 'traceMegabytes',
  ORION_API_REQUESTS_PER_MINUTE: 'apiRequestsPerMinute',
  ORION_STORE_CONNECTIONS: 'storeConnections',
  ORION_STORE_STORAGE_MEGABYTES: 'storeStorageMegabytes',
  ORION_STORE_JOBS: 'storeJobs',
  ORION_DATABASE_CONNECTIONS: 'databaseConnections',
  ORION_DATABASE_CONNECTIONS_PER_STORE: 'databaseConnectionsPerStore',
  ORION_SCOPE_GUARD: 'scopeGuard',
  ORION_MAX_OPEN_DATABASES: 'maxOpenDatabases',
};

/** What faults must not repeat. */
const SECRETS = new Set(['databaseUrl']);

export interface ConfigSources {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where `orion.config.json` is looked for, and what relative paths are relative to. */
  readonly cwd: string;
}

/**
 * Reads the configuration: defaults < orion.config.json < environment < flags.
 * @throws {StartupError} with every fault of every source at once, exit code 2
 */
export function loadConfig(sources: ConfigSources): Config {
  const faults: Fault[] = [];
  const flags = readFlags(sources.argv, faults);
  const file = readFile(flags.config ?? sources.env['ORION_CONFIG'], sources.cwd, faults);
  const named = {
    ...fromFile(file, faults),
    ...fromEnvironment(sources.env, faults),
    ...checked(flags.settings, (key) => `--${kebab(key)}`, faults),
  };
  // A faulty flag takes the other flags out of `named`.
  const isPostgres = (flags.settings['engine'] ?? named.engine) === 'postgres';
  if (flags.settings['databaseUrl'] !== undefined && !isPostgres)
    faults.push({ field: '--database-url', message: 'is for Postgres; add --engine postgres' });
  const databaseUrl = isPostgres ? findDatabaseUrl(flags, sources.env, named.databaseUrl, faults) : undefined;
  if (faults.length > 0)
    throw new StartupError(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}.`,
      2,
      faults,
    );
  const settings = settingsSchema.parse(named);
  return Object.freeze({
    ...settings,
    databaseUrl: databaseUrl === undefined || databaseUrl === EMBEDDED ? null : databaseUrl,
    port: settings.port ?? DEFAULT_PORT,
    isPortFixed: settings.port !== undefined,
    dataDir: resolve(sources.cwd, settings.dataDir ?? defaultDataDir()),
    storageDir: settings.storageDir === undefined ? null : resolve(sources.cwd, settings.storageDir),
    trustHome: settings.trustHome === undefined ? null : resolve(sources.cwd, settings.trustHome),
    hostsFile: settings.hostsFile === undefined ? null : resolve(sources.cwd, settings.hostsFile),
    json: flags.json,
  });
}

/** The environment's usual names stand between this program's own variable and the file. */
function findDatabaseUrl(
  flags: Flags,
  env: ConfigSources['env'],
  named: string | undefined,
  faults: Fault[],
): string | undefined {
  if (flags.settings['databaseUrl'] !== undefined || env['ORION_DATABASE_URL']) return named;
  return databaseUrlFromEnvironment(env, faults) ?? named;
}

/** The operating system's folder for application data. */
function defaultDataDir(): string {
  return envPaths('orion-studio', { suffix: '' }).data;
}

interface Flags {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly config: string | undefined;
  readonly json: boolean;
}

function readFlags(argv: readonly string[], faults: Fault[]): Flags {
  const { tokens } = parseArgs({ args: [...argv], strict: false, tokens: true, allowPositionals: true });
  const settings: Record<string, unknown> = Object.create(null);
  const given = new Map<string, string | true>();
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.kind === 'positional')
      faults.push({ field: token.value, message: 'is not a flag; flags begin with --' });
    if (token?.kind !== 'option') continue;
    const next = tokens[index + 1];
    const takesNext = token.value === undefined && !isSwitch(token.name) && next?.kind === 'positional';
    given.set(token.name, token.value ?? (takesNext ? next.value : true));
    if (takesNext) index += 1;
  }
  for (const [name, value] of given) {
    if (isSwitch(name) || name === 'config') continue;
    const key = camel(name);
    if (!Object.hasOwn(settingsSchema.shape, key))
      faults.push({ field: `--${name}`, message: `is not a flag${suggestion(name)}` });
    else if (value === true && !isYesOrNo(key)) faults.push({ field: `--${name}`, message: valueNeeded(key) });
    else settings[key] = value;
  }
  const config = given.get('config');
  if (config === true) faults.push({ field: '--config', message: 'needs a file name' });
  return {
    settings,
    config: typeof config === 'string' ? config : undefined,
    json: given.has('json'),
  };
}

function isSwitch(name: string): boolean {
  return name === 'json';
}

/** True for a setting that is on or off: its flag alone switches it on. */
function isYesOrNo(key: string): boolean {
  return settingsSchema.shape[key as keyof Settings].safeParse(true).success;
}

function valueNeeded(key: string): string {
  const wanted = settingsSchema.shape[key as keyof Settings].safeParse('').error?.issues[0]?.message ?? '';
  return wanted.startsWith('must be ') ? `needs a value; it ${wanted}` : 'needs a value';
}

function readFile(named: string | undefined, cwd: string, faults: Fault[]): unknown {
  const path = resolve(cwd, named ?? CONFIG_FILE);
  if (named === undefined && !existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    faults.push({ field: named ?? CONFIG_FILE, message: `cannot be read: ${(error as Error).message}` });
    return {};
  }
}

function fromFile(content: unknown, faults: Fault[]): Partial<Settings> {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    faults.push({ field: CONFIG_FILE, message: 'must hold a JSON object' });
    return {};
  }
  const { $schema: _schema, ...settings } = content as Record<string, unknown>;
  return checked(settings, (key) => `${CONFIG_FILE}: ${key}`, faults);
}

function fromEnvironment(env: ConfigSources['env'], faults: Fault[]): Partial<Settings> {
  const settings: Record<string, unknown> = {};
  const names = new Map<string, string>();
  for (const [name, key] of Object.entries(ENVIRONMENT)) {
    if (env[name] === undefined || env[name] === '') continue;
    settings[key] = env[name];
    names.set(key, name);
  }
  return checked(settings, (key) => names.get(key) ?? key, faults);
}

/** Checks one source by itself, so that each fault can name where it stands. */
function checked(
  values: Readonly<Record<string, unknown>>,
  nameOf: (key: string) => string,
  faults: Fault[],
): Partial<Settings> {
  const result = settingsSchema.partial().safeParse(values);
  if (result.success) {
    return Object.fromEntries(Object.entries(result.data).filter(([key]) => key in values)) as Partial<Settings>;
  }
  for (const issue of result.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) faults.push({ field: nameOf(key), message: `is not a setting${suggestion(key)}` });
    } else {
      const key = String(issue.path[0]);
      const value = SECRETS.has(key) ? '' : `, not ${JSON.stringify(values[key])}`;
      faults.push({ field: nameOf(key), message: `${issue.message}${value}` });
    }
  }
  return {};
}

function suggestion(name: string): string {
  const wanted = camel(name).toLowerCase();
  const near = Object.keys(settingsSchema.shape).find(
    (key) => key.toLowerCase().startsWith(wanted.slice(0, 4)) || wanted.startsWith(key.toLowerCase()),
  );
  return near ? `; did you mean ${near}?` : '';
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
