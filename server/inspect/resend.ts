/**
 * Sends a request again, changed or as somebody else, or one that was made up. Whatever the address says, only this
 * server is asked (see send-to-self.ts), and nobody but the console may have it done.
 */
import { randomUUID } from 'node:crypto';
import type { ResendInput } from '../contract/inspect.ts';
import { ConflictError, type Fault, ValidationError } from '../errors.ts';
import type { SessionService } from '../identity/session-service.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import type { ResendRegistry } from '../observability/resend-registry.ts';
import type { RequestTrace } from '../observability/trace.ts';
import { isSafe } from '../tenancy/decision.ts';
import type { Resolution, StoreSummary } from '../tenancy/resolution.ts';
import { type ResolverSettings, resolveRequest } from '../tenancy/resolve.ts';
import { normalizeStoreCode } from '../tenancy/store-code.ts';
import type { StoreDirectory } from '../tenancy/store-directory.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import { type ActAsParts, actAs } from './act-as.ts';
import { buildOutgoing, inOneSentence, type Outgoing } from './outgoing.ts';
import { addressOf, pageOf } from './same-page.ts';
import { type OwnPorts, sendToSelf } from './send-to-self.ts';

export interface ResendParts extends ActAsParts {
  readonly sessions: SessionService;
  readonly recorder: RequestRecorder;
  readonly resends: ResendRegistry;
  readonly directory: StoreDirectory;
  readonly resolver: ResolverSettings;
  readonly stores: StoreService;
}

/** What became of it. */
export interface Resent {
  readonly trace: RequestTrace;
  /** What differs from what was asked for, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Sends `repeated` again with changes, waits for the answer, and gives what was recorded of it.
 * @param repeated null for a request that was made up
 * @throws {ValidationError} with every fault of the changes
 * @throws {ConflictError} when recording is off, or something of the request is not there any more
 */
export async function resend(
  repeated: RequestTrace | null,
  input: ResendInput,
  own: OwnPorts,
  parts: ResendParts,
): Promise<Resent> {
  if (!parts.recorder.isOn)
    throw new ConflictError(
      'recording_off',
      'This server records no requests, so there would be nothing to show. Start it with --trace-requests above 0.',
    );
  if (repeated?.origin === 'imported' && input.url === undefined) await refuseForeign(repeated, parts);
  const original = repeated && parts.recorder.original(repeated.requestId);
  const asked = buildOutgoing(repeated && { trace: repeated, original }, input);
  const { outgoing, resolution } = await sendElsewhere(asked, input, parts);
  refuseConsoleChange(outgoing, resolution, input);
  const themeOf = await themeStore(input.theme, parts);
  const before = repeated && { role: repeated.role, actor: repeated.actor };
  // A credential that was typed in, or that is still known, is what shall be tried.
  const isSignedIn = ['authorization', 'cookie'].some((name) => outgoing.headers.has(name));
  const acting =
    isSignedIn && input.role === undefined ? null : await actAs({ role: input.role, before, resolution }, parts);
  const requestId = randomUUID();
  parts.resends.announce(requestId, { resentFrom: repeated?.requestId ?? null, themeOf });
  try {
    const sent = await sendToSelf(withToken(outgoing, acting?.token ?? null, input), requestId, own, parts.recorder);
    const notes = [...outgoing.notes, acting?.note ?? null, themeNote(themeOf, resolution), sent.cut];
    return { trace: sent.trace, notes: notes.filter((note) => note !== null) };
  } finally {
    parts.resends.forget(requestId);
    await acting?.end();
  }
}

/** A HAR file may hold requests to any site of the world; they are not sent. */
async function refuseForeign(trace: RequestTrace, parts: ResendParts): Promise<void> {
  const { hostKind, mode } = await resolve(trace, trace.requestHeaders['x-store-id'], parts);
  if (hostKind === 'platform' || hostKind === 'admin' || hostKind === 'subdomain' || mode !== null) return;
  throw new ConflictError(
    'foreign_host',
    `This request was made to ${trace.host}, which is not a name of this server, and nothing else is ever asked from here. Give a URL of one of the stores to send it there.`,
  );
}

type Addressed = Pick<Outgoing, 'method' | 'scheme' | 'host' | 'path'>;

function resolve(
  { method, scheme, host, path }: Addressed,
  storeHeader: string | undefined,
  { directory, resolver }: ResendParts,
): Promise<Resolution> {
  const end = path.indexOf('?');
  const [pathname, search] = end === -1 ? [path, ''] : [path.slice(0, end), path.slice(end)];
  return resolveRequest({ method, scheme, host, path: pathname, search, storeHeader }, directory, resolver);
}

interface Directed {
  readonly outgoing: Outgoing;
  readonly resolution: Resolution;
}

/** The same page of another store, or by another way. */
async function sendElsewhere(outgoing: Outgoing, input: ResendInput, parts: ResendParts): Promise<Directed> {
  const resolution = await resolve(outgoing, outgoing.headers.get('x-store-id'), parts);
  if (input.store === undefined && input.mode === undefined) return { outgoing, resolution };
  const page = pageOf(resolution);
  const { store: from } = resolution;
  if (!page || !from) {
    const field = input.store === undefined ? 'mode' : 'store';
    throw faulty([{ field, message: 'needs a request that reaches a page of a store; give its URL' }]);
  }
  const store = input.store === undefined ? from : await storeNamed('store', input.store, parts);
  const mode = input.mode ?? resolution.mode ?? 'subdomain';
  const domain = mode === 'custom_domain' ? await domainOf(store, resolution, parts) : null;
  const address = addressOf(page, store, mode, { ...parts.resolver, domain });
  if (typeof address === 'string')
    throw faulty([{ field: input.mode === undefined ? 'store' : 'mode', message: address.replace(/\.$/, '') }]);
  const headers = new Map(outgoing.headers);
  headers.delete('x-store-id');
  // As a browser does: what belongs to one host is not sent to another.
  for (const name of outgoing.secrets) headers.delete(name);
  if (address.storeHeader !== null) headers.set('x-store-id', address.storeHeader);
  const search = /\?.*$/s.exec(outgoing.path)?.[0] ?? '';
  const host = resolution.port === null ? address.hostname : `${address.hostname}:${resolution.port}`;
  const moved = { ...outgoing, host, path: address.path + search, headers };
  return { outgoing: moved, resolution: await resolve(moved, headers.get('x-store-id'), parts) };
}

/** A domain of a store that answers itself; the one in use, where it is one of its own. */
async function domainOf(store: StoreSummary, current: Resolution, parts: ResendParts): Promise<string | null> {
  if (current.mode === 'custom_domain' && current.store?.id === store.id) return current.hostname;
  const domains = await parts.stores.domains(store.id);
  for (const domain of domains) {
    const match = (await parts.directory.byDomain(domain)).value;
    if (match?.isVerified && match.isActive && (match.primaryDomain === null || match.primaryDomain === domain))
      return domain;
  }
  return domains[0] ?? null;
}

async function storeNamed(field: string, code: string, { directory }: ResendParts): Promise<StoreSummary> {
  const { value } = await directory.byCode(normalizeStoreCode(code));
  if (value) return value;
  throw faulty([{ field, message: `"${code}" is the code of no store` }]);
}

async function themeStore(code: string | undefined, parts: ResendParts): Promise<StoreSummary | null> {
  return code === undefined ? null : storeNamed('theme', code, parts);
}

function faulty(faults: readonly Fault[]): ValidationError {
  return new ValidationError(inOneSentence(faults), faults);
}

/**
 * The console's own requests can make and delete stores: one that changes something is not repeated by a click, only
 * when its method was named again. One that sends is never repeated: it could go on sending itself.
 */
function refuseConsoleChange({ method, path }: Outgoing, { hostKind }: Resolution, input: ResendInput): void {
  if (hostKind !== 'admin' || isSafe(method) || method === 'OPTIONS') return;
  if (/^\/api\/requests\/(?:send|[^/]+\/resend)\b/.test(plainPath(path)))
    throw new ConflictError('console_change', 'This request sends another one. Send that one again instead.');
  if (input.method !== undefined) return;
  throw new ConflictError(
    'console_change',
    `This ${method} changes the platform itself. Name the method to send it again on purpose.`,
  );
}

/** The path as the router reads it: decoded, and without empty segments. */
function plainPath(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll(/\/{2,}/g, '/');
  } catch {
    return path;
  }
}

/** A role that was asked for stands in for whatever credential was there. */
function withToken(outgoing: Outgoing, token: string | null, input: ResendInput): Outgoing {
  const headers = new Map(outgoing.headers);
  if (input.role !== undefined) for (const name of ['authorization', 'cookie']) headers.delete(name);
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  return { ...outgoing, headers };
}

function themeNote(themeOf: StoreSummary | null, { area }: Resolution): string | null {
  return themeOf && area !== 'storefront' ? 'Themes count on storefront pages alone.' : null;
}
