/** Looks at the outside for one domain: is it proven, and do its visitors arrive. What is found is told, never thrown. */
import type { DomainCheck } from '../../contract/domains.ts';
import type { DomainResolver, Looked } from '../../network/dns/domain-resolver.ts';
import { type DomainPair, type DomainTarget, proofOf, txtNameOf } from './domain-records.ts';
import { FILE_PATH, isToken, tokenOfTxt, txtValueOf } from './domain-token.ts';

export interface CertificateFound {
  /** `skipped`: none is needed. */
  readonly verdict: 'ok' | 'waiting' | 'skipped';
  readonly message: string;
  /** True while visitors have to wait for it; one that the first of them brings about keeps nobody. */
  readonly isAwaited: boolean;
}

export interface CheckInput extends DomainPair {
  readonly resolver: DomainResolver;
  readonly target: DomainTarget;
  readonly method: 'dns' | 'file';
  /** True for a token that belongs to another store. */
  readonly isOthersToken: (token: string) => Promise<boolean>;
  /** How far the certificate of a verified domain is. */
  readonly certificateOf: (domain: string) => Promise<CertificateFound>;
}

type Found = Omit<DomainCheck, 'id' | 'title' | 'durationMs'>;

/** Every check of a domain, the one that proves it first. */
export async function checkDomain(input: CheckInput): Promise<DomainCheck[]> {
  const tokens: string[] = [];
  const proof =
    input.method === 'dns'
      ? timed('txt', 'TXT record', () => txtCheck(input, tokens))
      : timed('file', 'File', () => fileCheck(input, tokens));
  const { twin, row } = input;
  const [proven, address, www] = await Promise.all([
    proof,
    timed('address', 'Address', () => addressCheck(row.domain, input)),
    timed('www', twin && !twin.domain.startsWith('www.') ? twin.domain : 'www', () => twinCheck(input)),
  ]);
  const holder = await timed('holder', 'Other stores', () => holderCheck(input, tokens));
  const isVerified = row.isVerified || proven.verdict === 'ok';
  const certificate = await timed('certificate', 'Certificate', () => certificateCheck(input, isVerified));
  return [proven, holder, address, www, certificate];
}

async function timed(id: DomainCheck['id'], title: string, look: () => Promise<Found>): Promise<DomainCheck> {
  const startedAt = performance.now();
  const found = await look();
  return { id, title, ...found, durationMs: Math.round(performance.now() - startedAt) };
}

/** @param tokens is given every token that was found */
async function txtCheck(input: CheckInput, tokens: string[]): Promise<Found> {
  const name = txtNameOf(input);
  const { verificationToken, domain } = proofOf(input);
  const expected = txtValueOf(verificationToken);
  const looked = await input.resolver.resolveTxt(name);
  if (!looked.ok) return missingTxt(looked, { input, name, expected });
  const found = [...looked.values];
  const given = looked.values.map(tokenOfTxt).filter((token) => token !== null);
  tokens.push(...given);
  const base = { expected, found };
  if (given.some((token) => isToken(token, verificationToken)))
    return { ...base, verdict: 'ok', message: `${name} holds the right value.`, fix: null };
  const fix = `Replace the value of ${name} by ${expected}.`;
  if (looked.values.some((value) => isToken(value.trim(), verificationToken)))
    return { ...base, verdict: 'failed', message: `${name} holds the code without orion-verify= before it.`, fix };
  const what = given.length > 0 ? 'holds another code' : 'holds no value that begins with orion-verify=';
  return { ...base, verdict: 'failed', message: `The TXT record of ${domain} at ${name} ${what}.`, fix };
}

interface MissingTxt {
  readonly input: CheckInput;
  readonly name: string;
  readonly expected: string;
}

async function missingTxt(looked: Looked & { ok: false }, { input, name, expected }: MissingTxt): Promise<Found> {
  const base = { expected, found: [] };
  if (looked.kind !== 'not_found' && looked.kind !== 'no_records') return outage(looked, base);
  const { domain, verificationToken } = proofOf(input);
  // What often happens at registrars: the record stands at the domain itself, or the zone was added a second time.
  for (const place of [domain, `${name}.${domain}`]) {
    const there = await input.resolver.resolveTxt(place);
    if (there.ok && there.values.some((value) => isToken(tokenOfTxt(value) ?? '', verificationToken)))
      return {
        ...base,
        found: [`${place} TXT ${expected}`],
        verdict: 'failed',
        message: `The record stands at ${place} instead of ${name}.`,
        fix: `Enter it with the host ${name.slice(0, name.indexOf('.'))}, as the table shows.`,
      };
  }
  return {
    ...base,
    verdict: 'waiting',
    message: `There is no TXT record at ${name} yet. New records can take from some minutes to some hours to be seen.`,
    fix: `Enter the TXT record at the registrar, then check again.`,
  };
}

/** The file is never served by this server itself: that would prove any domain that merely points here. */
async function fileCheck({ row, resolver }: CheckInput, tokens: string[]): Promise<Found> {
  const url = `http://${row.domain}${FILE_PATH}`;
  const expected = row.verificationToken;
  const file = await resolver.fetchFile(url);
  if (!file.ok) {
    const verdict = file.kind === 'not_found' || file.kind === 'unreachable' ? 'waiting' : 'failed';
    const fix = `Put a file with the line ${expected} at ${url}, or prove the domain by the TXT record.`;
    return { verdict, expected, found: [], message: file.message, fix };
  }
  const text = file.text.trim();
  if (isToken(tokenOfTxt(text) ?? text, expected))
    return { verdict: 'ok', expected, found: [text], message: `${file.url} holds the right line.`, fix: null };
  tokens.push(tokenOfTxt(text) ?? text);
  const beginning = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  const message = `${file.url} holds something else than the line expected.`;
  return { verdict: 'failed', expected, found: [beginning], message, fix: `Replace its content by ${expected}.` };
}

async function holderCheck({ row, isOthersToken }: CheckInput, tokens: readonly string[]): Promise<Found> {
  const base = { expected: null, found: [] };
  for (const token of tokens.slice(0, 5)) {
    if (!(await isOthersToken(token))) continue;
    return {
      ...base,
      verdict: 'failed',
      message: `${row.domain} is proven for another store of this platform: the code found is that store's.`,
      fix: 'Remove the domain from the other store first, or replace the record by the one shown here.',
    };
  }
  return { ...base, verdict: 'ok', message: `No other store of this platform has ${row.domain}.`, fix: null };
}

async function twinCheck(input: CheckInput): Promise<Found> {
  if (input.twin) return addressCheck(input.twin.domain, input);
  const message = 'The store has no twin of this name with or without www.';
  return { verdict: 'skipped', message, expected: null, found: [], fix: null };
}

async function addressCheck(domain: string, { resolver, target }: CheckInput): Promise<Found> {
  const expected = target.addresses.join(' or ') || null;
  const [four, six] = await Promise.all([resolver.resolve4(domain), resolver.resolve6(domain)]);
  const found = [...(four.ok ? four.values : []), ...(six.ok ? six.values : [])];
  const base = { expected, found };
  const fix = expected === null ? null : `Let ${domain} point to ${expected} and to nothing else.`;
  if (found.length === 0) {
    const fault = four.ok ? six : four;
    return fault.ok
      ? { ...base, verdict: 'waiting', message: `${domain} has no address.`, fix }
      : noAddress(domain, fault, base, fix);
  }
  if (expected === null)
    return {
      ...base,
      verdict: 'skipped',
      message: `${domain} points to ${found.join(', ')}. The address of this server is not known.`,
      fix: 'Name it with --public-address when the server is started.',
    };
  const own = new Set(target.addresses.map(canonical));
  const wrong = found.filter((address) => !own.has(canonical(address)));
  if (wrong.length === 0) return { ...base, verdict: 'ok', message: `${domain} points to this server.`, fix: null };
  const also = wrong.length < found.length ? 'also points' : 'points';
  return {
    ...base,
    verdict: 'failed',
    message: `${domain} ${also} to ${wrong.join(', ')}, which is not this server.`,
    fix,
  };
}

type FaultBase = Pick<Found, 'expected' | 'found'>;

function noAddress(domain: string, fault: Looked & { ok: false }, base: FaultBase, fix: string | null): Found {
  if (fault.kind === 'not_found')
    return {
      ...base,
      verdict: 'failed',
      message: `${domain} does not exist in the DNS: it is not registered, its registration has expired, or the record is missing.`,
      fix: 'Look at the registrar whether the domain is registered and paid, then enter its records.',
    };
  if (fault.kind === 'no_records')
    return { ...base, verdict: 'waiting', message: `${domain} points nowhere yet.`, fix };
  return outage(fault, base);
}

function outage(fault: Looked & { ok: false }, base: FaultBase): Found {
  const fix =
    fault.kind === 'loop'
      ? 'Remove one of the CNAME records, so that the last name has an address.'
      : 'Check again in a moment. When it stays so, ask who runs the DNS of the domain.';
  return { ...base, verdict: 'failed', message: fault.message, fix };
}

async function certificateCheck({ row, certificateOf }: CheckInput, isVerified: boolean): Promise<Found> {
  const base = { expected: null, found: [], fix: null };
  if (!isVerified)
    return { ...base, verdict: 'skipped', message: 'A certificate is made once the domain is verified.' };
  const { verdict, message } = await certificateOf(row.domain);
  return { ...base, verdict, message };
}

/** One spelling of each address. */
function canonical(address: string): string {
  return address.includes(':') ? (URL.parse(`http://[${address}]/`)?.hostname ?? address) : address;
}
