/** Host names on this machine: the hosts file, who resolves what, and ways around administrator rights. */
import { z } from 'zod';
import { elevation } from './elevation.ts';

/** One name of the platform with the address that it must lead to. */
export const hostsEntry = z
  .object({
    name: z.string(),
    address: z.enum(['127.0.0.1', '::1']),
    /** What the name is: the platform, its console, a store's subdomain, or a store's own domain. */
    kind: z.enum(['platform', 'admin', 'subdomain', 'domain']),
    store: z.string().nullable(),
  })
  .meta({ id: 'HostsEntry' });
export type HostsEntry = Readonly<z.infer<typeof hostsEntry>>;

export const hostsSettings = z
  .object({
    /** Whether the file is kept in step with stores and domains as they change. Off until it was switched on. */
    keepInStep: z.boolean(),
    /** Whether every name also leads to ::1. */
    ipv6: z.boolean(),
    /** Whether the block is removed when the server stops. */
    removeOnStop: z.boolean(),
  })
  .meta({ id: 'HostsSettings' });
export type HostsSettings = Readonly<z.infer<typeof hostsSettings>>;

/** Something of the file that a person should know. */
export const hostsProblem = z.object({
  code: z.enum([
    'missing',
    'unreadable',
    'needs_rights',
    'read_only',
    'hidden',
    'symbolic_link',
    'not_a_file',
    'markers_broken',
    'markers_doubled',
    'block_edited',
    'name_elsewhere',
    'wsl_second_file',
    'encoding',
  ]),
  severity: z.enum(['note', 'warning', 'failed']),
  message: z.string(),
  fix: z.string().nullable(),
});
export type HostsProblem = Readonly<z.infer<typeof hostsProblem>>;

export const hostsBackup = z.object({
  id: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  bytes: z.int(),
  /** What was about to happen when it was made, as `sync: 6 names`. */
  reason: z.string(),
});
export type HostsBackup = Readonly<z.infer<typeof hostsBackup>>;

export const hostsState = z
  .object({
    path: z.string(),
    /** Whether this server may write it itself; else a change needs an elevation. */
    access: z.enum(['writable', 'needs_rights', 'blocked']),
    /** SHA-256 of the file as it is, hexadecimal; null where there is none. */
    hash: z.string().nullable(),
    bytes: z.int(),
    lines: z.int(),
    lineEnding: z.enum(['lf', 'crlf', 'mixed', 'none']),
    problems: z.array(hostsProblem),
    settings: hostsSettings,
    /** What the block must hold. */
    wanted: z.array(hostsEntry),
    /** What it holds now; `store` is null for names that no store has any more. */
    present: z.array(z.object({ name: z.string(), address: z.string() })),
    isInStep: z.boolean(),
    /** The last change made from here; null when there was none. */
    lastChange: z
      .object({ at: z.number(), action: z.string(), added: z.int(), removed: z.int(), canUndo: z.boolean() })
      .nullable(),
    /** Newest first. */
    backups: z.array(hostsBackup),
    /** Other hosts files that programs of this machine read, such as Windows' own beside WSL. */
    otherFiles: z.array(z.object({ path: z.string(), label: z.string(), isInStep: z.boolean().nullable() })),
  })
  .meta({ id: 'HostsState' });
export type HostsState = Readonly<z.infer<typeof hostsState>>;

/** `sync` writes the block, `clean` removes it, `undo` takes the last change back, `restore` brings a backup back. */
export const hostsActionInput = z.strictObject({
  action: z.enum(['sync', 'clean', 'undo', 'restore']),
  /** Of the backup; for `restore` alone. */
  backup: z.string().optional(),
});
export type HostsActionInput = z.input<typeof hostsActionInput>;

export const diffLine = z.object({
  kind: z.enum(['same', 'added', 'removed']),
  text: z.string(),
  /** Numbers of the line before and after, from 1; null where it is not. */
  before: z.int().nullable(),
  after: z.int().nullable(),
});
export type DiffLine = Readonly<z.infer<typeof diffLine>>;

/** What an action would change; nothing is written. */
export const hostsPlan = z
  .object({
    action: hostsActionInput.shape.action,
    path: z.string(),
    /** Of the file that the plan was made for; `applyHosts` names it, and is refused when the file is another by then. */
    expected: z.string(),
    added: z.int(),
    removed: z.int(),
    /** False when the file is already as wanted. */
    changes: z.boolean(),
    /** The changed lines with some around them; `…` stands for those left out. */
    diff: z.array(diffLine),
    needsRights: z.boolean(),
    problems: z.array(hostsProblem),
  })
  .meta({ id: 'HostsPlan' });
export type HostsPlan = Readonly<z.infer<typeof hostsPlan>>;

export const applyHostsInput = hostsActionInput.extend({ expected: z.string() });

/** How a name fares with one kind of client. */
export const clientProbe = z.object({
  /** Browsers outside, the app's own window, the system's resolver (every other program), curl. */
  client: z.enum(['browser', 'app', 'system', 'curl']),
  verdict: z.enum(['works', 'fails', 'unknown']),
  addresses: z.array(z.string()),
  /** What the server answered there; null when nothing was asked. `isOurs`: this very server did. */
  http: z.object({ url: z.string(), status: z.int().nullable(), isOurs: z.boolean(), ms: z.number() }).nullable(),
  /** Why, in a sentence. */
  message: z.string(),
  fix: z.string().nullable(),
});
export type ClientProbe = Readonly<z.infer<typeof clientProbe>>;

export const nameProbe = z
  .object({
    name: z.string(),
    kind: hostsEntry.shape.kind,
    store: z.string().nullable(),
    clients: z.array(clientProbe),
  })
  .meta({ id: 'NameProbe' });
export type NameProbe = Readonly<z.infer<typeof nameProbe>>;
/** Without names: every name of the platform, at most 200. */
export const probeNamesInput = z.strictObject({ names: z.array(z.string()).max(200).optional() });
export const nameProbes = z.object({ probes: z.array(nameProbe), checkedAt: z.number() });

export const hostsApplied = z
  .object({
    /** False when administrator rights are needed: then `elevation` says how, and nothing was written. */
    isDone: z.boolean(),
    elevation: elevation.nullable(),
    state: hostsState,
    /** What was done to the system's cache of names, in a sentence; null when there is none. */
    cacheFlush: z.string().nullable(),
    /** Of the names that changed, at most 20. */
    probes: z.array(nameProbe),
  })
  .meta({ id: 'HostsApplied' });
export type HostsApplied = Readonly<z.infer<typeof hostsApplied>>;

/** The file that tells browsers outside to send the platform's names to this server. */
export const pacState = z
  .object({
    isOn: z.boolean(),
    /** Of the automatic proxy configuration; null while off. */
    url: z.string().nullable(),
    proxyPort: z.int().nullable(),
    /** Names it sends to this server. */
    names: z.array(z.string()),
    /** How to tell a browser about it, one entry a browser or system. */
    howTo: z.array(z.object({ client: z.string(), steps: z.array(z.string()), command: z.string().nullable() })),
  })
  .meta({ id: 'PacState' });
export type PacState = Readonly<z.infer<typeof pacState>>;
