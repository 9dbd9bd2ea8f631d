import { ConflictError, ValidationError } from '../errors.ts';
import type { SessionService } from '../identity/session-service.ts';
import type { Resolution, StoreSummary } from '../tenancy/resolution.ts';
import type { StoreMember } from '../tenancy/store-members.ts';

/** As whom a request can be sent. */
export type WantedRole = 'anonymous' | 'store_staff' | 'store_owner';

export interface ActAsParts {
  readonly sessions: Pick<SessionService, 'begin' | 'end'>;
  readonly stores: { members(storeId: number): Promise<StoreMember[]> };
  readonly controlToken: string;
}

/** What is wanted, and who the repeated request came from. */
export interface ActAsInput {
  /** Absent: as before, when that is still possible. */
  readonly role: WantedRole | undefined;
  readonly before: { readonly role: string | null; readonly actor: string | null } | null;
  readonly resolution: Pick<Resolution, 'hostKind' | 'store'>;
}

/** Whom a request is sent as. */
export interface Acting {
  /** For `Authorization: Bearer`; null for nobody. */
  readonly token: string | null;
  /** What was not possible, in a sentence. */
  readonly note: string | null;
  /** Ends what was begun for it. */
  end(): Promise<void>;
}

/**
 * Signs in as somebody of the store for one request. The console itself is asked with the command line's right when the
 * request came from the console before. Whoever calls this calls `end` when the answer is there.
 * @throws {ConflictError} when the store has nobody in that role
 * @throws {ValidationError} when the role does not exist where the request goes
 */
export async function actAs(input: ActAsInput, parts: ActAsParts): Promise<Acting> {
  const { role, before, resolution } = input;
  if (resolution.hostKind === 'admin') return asConsole(role, before?.role ?? null, parts);
  if (role === 'anonymous') return nobody(null);
  if (role !== undefined) {
    if (!resolution.store) throw noStoreRole(role, 'the request reaches no store');
    return asMember(resolution.store, role, before?.actor ?? null, parts);
  }
  const was = before?.role;
  if (was !== 'store_staff' && was !== 'store_owner') return nobody(null);
  if (!resolution.store) return nobody(`It was sent as nobody: without a store there is no ${was}.`);
  return asMember(resolution.store, was, before?.actor ?? null, parts).catch((error: unknown) => {
    if (error instanceof ConflictError) return nobody(`It was sent as nobody: ${error.message}`);
    throw error;
  });
}

function asConsole(role: WantedRole | undefined, before: string | null, { controlToken }: ActAsParts): Acting {
  if (role !== undefined && role !== 'anonymous') throw noStoreRole(role, 'the request goes to the console');
  return role === undefined && before === 'console' ? acting(controlToken) : nobody(null);
}

async function asMember(
  store: StoreSummary,
  role: Exclude<WantedRole, 'anonymous'>,
  email: string | null,
  { sessions, stores }: ActAsParts,
): Promise<Acting> {
  const inRole = (await stores.members(store.id)).filter((member) => member.role === role);
  const member = inRole.find((one) => one.email === email) ?? inRole[0];
  if (!member) {
    const message = `${store.name} (${store.code}) has no member with the role ${role}.`;
    throw new ConflictError('member_missing', message, [{ field: 'role', message }]);
  }
  const token = await sessions.begin({ kind: 'staff', userId: member.id, storeId: store.id });
  return acting(token, () => sessions.end(token));
}

function noStoreRole(role: string, why: string): ValidationError {
  const message = `${role} is a role in a store, but ${why}. Choose anonymous, or leave it out`;
  return new ValidationError(`${message}.`, [{ field: 'role', message }]);
}

function nobody(note: string | null): Acting {
  return { token: null, note, end: async () => undefined };
}

function acting(token: string, end: () => Promise<void> = async () => undefined): Acting {
  return { token, note: null, end };
}
