import type { CreateStoreInput } from '../contract/stores.ts';
import { type Fault, ValidationError } from '../errors.ts';
import { MAX_DOMAINS, readDomain } from './domains/domain-name.ts';
import { normalizeStoreCode, storeCodeFaults, suggestStoreCode } from './store-code.ts';

/** What a new store is made from, as someone typed it. */
export type StoreInput = Omit<CreateStoreInput, 'catalogue' | 'logo'>;

/** The same while it is typed: anything may be missing. */
export type TypedInput = { readonly [Key in keyof StoreInput]?: StoreInput[Key] | undefined };

/** What was typed, checked and complete. */
export interface StoreDraft {
  readonly name: string;
  readonly code: string;
  readonly currency: string;
  readonly color: string;
  readonly owner: { readonly email: string; readonly name: string } | null;
  readonly domains: readonly string[];
}

const MAX_NAME = 100;
/** Controls, halves of letters, line ends, and marks that turn the direction of whatever follows in a list. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const PALETTE = ['#2563eb', '#b4472e', '#4d6b53', '#7c3aed', '#b45309', '#0f766e', '#be185d', '#4338ca'];

/**
 * Checks a new store's input.
 * @param further faults that were found elsewhere, such as in the logo; they are reported with the others
 * @throws {ValidationError} with every fault at once
 */
export function parseStoreInput(input: StoreInput, platformDomain: string, further: readonly Fault[] = []): StoreDraft {
  const { draft, faults } = readStoreInput(input, platformDomain);
  refuseFaults('The store cannot be made', [...faults, ...further]);
  return draft;
}

/**
 * Reads a new store's input with everything that is wrong with it. What is absent is no fault: the draft has an
 * empty name and code then.
 */
export function readStoreInput(
  input: TypedInput,
  platformDomain: string,
): { readonly draft: StoreDraft; readonly faults: Fault[] } {
  const faults: Fault[] = [];
  const name = (input.name ?? '').trim();
  if (input.name !== undefined) faults.push(...nameFaults(name));
  const code = normalizeStoreCode(input.code ?? suggestStoreCode(name));
  if (input.code !== undefined || input.name !== undefined) faults.push(...storeCodeFaults(code));
  const currency = (input.currency ?? 'EUR').toUpperCase();
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    faults.push({ field: 'currency', message: `"${input.currency}" is not an ISO 4217 currency such as EUR or USD` });
  }
  const color = (input.color ?? colorFor(code)).toLowerCase();
  faults.push(...colorFaults(color));
  const owner = parseOwner(input, faults);
  const domains = parseDomains(input.domains ?? [], platformDomain, faults);
  return { draft: { name, code, currency, color, owner, domains }, faults };
}

/** What is wrong with a trimmed name, of a store or, with its `field`, of its owner. */
export function nameFaults(name: string, field = 'name'): Fault[] {
  const faults: Fault[] = [];
  if (name === '') faults.push({ field, message: 'must not be empty' });
  else if (!/[\p{L}\p{N}\p{S}\p{P}]/u.test(name)) faults.push({ field, message: 'must have a sign that can be seen' });
  if (name.length > MAX_NAME)
    faults.push({ field, message: `must have at most ${MAX_NAME} characters; this has ${name.length}` });
  if (UNFIT.test(name))
    faults.push({ field, message: 'must not hold line ends, control characters or marks that turn the direction' });
  return faults;
}

/** What is wrong with a store's colour; it must be in lower case. */
export function colorFaults(color: string): Fault[] {
  return /^#[0-9a-f]{6}$/.test(color) ? [] : [{ field: 'color', message: 'must be a colour such as #2563eb' }];
}

/**
 * @param what was not done, such as `The store cannot be made`
 * @throws {ValidationError} when there are faults
 */
export function refuseFaults(what: string, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  throw new ValidationError(`${what}: ${faults.map((fault) => `${fault.field} ${fault.message}`).join('; ')}`, faults);
}

/** A store without a chosen colour always gets the same one. */
function colorFor(code: string): string {
  const sum = [...code].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 9973, 7);
  return PALETTE[sum % PALETTE.length] ?? '#2563eb';
}

function parseOwner(input: TypedInput, faults: Fault[]): StoreDraft['owner'] {
  const email = input.ownerEmail?.trim().toLowerCase();
  if (!email) return null;
  // Deliberately loose: only a mail server can tell whether an address exists.
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 254) {
    faults.push({ field: 'ownerEmail', message: `"${input.ownerEmail}" is not an e-mail address` });
  }
  const name = input.ownerName?.trim() || null;
  if (name !== null) faults.push(...nameFaults(name, 'ownerName'));
  return { email, name: name ?? email };
}

/** Each domain is looked up: more than anybody needs would keep the server busy. */
function parseDomains(texts: readonly string[], platformDomain: string, faults: Fault[]): string[] {
  if (texts.length > MAX_DOMAINS)
    faults.push({ field: 'domains', message: `must be at most ${MAX_DOMAINS}; these are ${texts.length}` });
  const domains = texts
    .slice(0, MAX_DOMAINS)
    .map((text, index) => parseDomain(text, `domains[${index}]`, platformDomain, faults));
  faults.push(...repeatedFaults(domains));
  return domains;
}

function parseDomain(text: string, field: string, platformDomain: string, faults: Fault[]): string {
  const { domain, fault } = readDomain(text, platformDomain);
  if (fault !== null) faults.push({ field, message: fault });
  return domain;
}

function repeatedFaults(domains: readonly string[]): Fault[] {
  return domains.flatMap((domain, index) =>
    domain !== '' && domains.indexOf(domain) < index
      ? [{ field: `domains[${index}]`, message: `${domain} is named more than once` }]
      : [],
  );
}
