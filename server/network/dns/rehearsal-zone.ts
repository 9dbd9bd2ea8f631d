/** What the rehearsal DNS answers: pure, from the records set by hand and the scenario that a domain plays. */
import type { Answer } from 'dns-packet';
import type { RehearsalRecord, SCENARIOS } from '../../contract/domains.ts';
import type { DnsQuestion, DnsReply } from './rehearsal-server.ts';

export type Scenario = (typeof SCENARIOS)[number];
export type ZoneRecord = Omit<RehearsalRecord, 'id'>;

/** A domain that plays a scenario, with what its owner would enter at the registrar. */
export interface PlayedDomain {
  readonly domain: string;
  readonly scenario: Scenario;
  readonly records: readonly ZoneRecord[];
}

/** Stand-ins for tokens that are not the domain's own. */
export const WRONG_TOKEN = '0123456789abcdef0123456789abcdef';
export const OTHER_STORES_TOKEN = 'rehearsal0another0store0rehearsal0';
const SLOW_MS = 2000;
const MAX_ALIASES = 16;
/** A TXT record is made of texts of at most this many bytes. Source: RFC 1035 §3.3.14. */
const TXT_PART = 255;
const LIE = '192.0.2.66';

/** Whether a name is the domain or below it. */
export function isBelowDomain(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

/** The answer to one question; null: none, ever. */
export function answerQuestion(
  question: DnsQuestion,
  played: PlayedDomain | null,
  byHand: readonly ZoneRecord[],
): DnsReply | null {
  const scenario = played && isBelowDomain(question.name, played.domain) ? played.scenario : null;
  const base = { rcode: 'NOERROR', answers: [], delayMs: scenario === 'slow' ? SLOW_MS : 0 } as const;
  if (scenario === 'timeout') return null;
  if (scenario === 'server_failure') return { ...base, rcode: 'SERVFAIL' };
  if (scenario === 'expired') return { ...base, rcode: 'NXDOMAIN' };
  const zone = merge(played ? recordsOf(played) : [], byHand);
  const answers = follow(question, zone);
  // The domain itself is registered, whatever is entered for it.
  const exists =
    answers.length > 0 ||
    zone.some(({ name }) => isBelowDomain(name, question.name)) ||
    (scenario !== null && question.name === played?.domain);
  if (scenario === 'lies') return { ...base, forged: follow(question, played?.records ?? []), answers };
  return exists ? { ...base, answers } : { ...base, rcode: 'NXDOMAIN' };
}

/** The records of a domain as its scenario has them. */
function recordsOf({ domain, scenario, records }: PlayedDomain): ZoneRecord[] {
  const withToken = (token: string) =>
    records.map((record) => (record.type === 'TXT' ? { ...record, value: `orion-verify=${token}` } : record));
  switch (scenario) {
    case 'empty':
      return [];
    case 'not_found':
      return records.filter(({ type }) => type !== 'TXT');
    case 'wrong_token':
      return withToken(WRONG_TOKEN);
    case 'held_by_another_store':
      return withToken(OTHER_STORES_TOKEN);
    case 'missing_www':
      return records.filter(({ name }) => name !== `www.${domain}`);
    case 'lies':
      return withToken(WRONG_TOKEN)
        .filter(({ type }) => type !== 'AAAA')
        .map((record) => (record.type === 'A' ? { ...record, value: LIE } : record));
    case 'loop':
      return [...new Set(records.map(({ name }) => name))].flatMap((name) => [
        { name, type: 'CNAME' as const, value: `round.${name}`, ttl: 60 },
        { name: `round.${name}`, type: 'CNAME' as const, value: name, ttl: 60 },
      ]);
    default:
      return [...records];
  }
}

/** Records set by hand stand in place of those of the same name and type. */
function merge(derived: readonly ZoneRecord[], byHand: readonly ZoneRecord[]): ZoneRecord[] {
  const isReplaced = (record: ZoneRecord) =>
    byHand.some(({ name, type }) => name === record.name && type === record.type);
  return [...derived.filter((record) => !isReplaced(record)), ...byHand];
}

/** The records asked for, with the aliases that lead to them. */
function follow({ name, type }: DnsQuestion, zone: readonly ZoneRecord[]): Answer[] {
  const answers: Answer[] = [];
  const seen = new Set<string>();
  for (let current = name; !seen.has(current) && seen.size < MAX_ALIASES; ) {
    seen.add(current);
    const here = zone.filter((record) => record.name === current);
    const found = here.filter((record) => record.type === type);
    answers.push(...found.map(toAnswer));
    const alias = here.find((record) => record.type === 'CNAME');
    if (found.length > 0 || !alias) break;
    answers.push(toAnswer(alias));
    current = alias.value;
  }
  return answers;
}

function toAnswer({ name, type, value, ttl }: ZoneRecord): Answer {
  if (type === 'TXT') return { name, type, ttl, data: partsOf(value) };
  return { name, type, ttl, data: value };
}

function partsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += TXT_PART) parts.push(bytes.subarray(at, at + TXT_PART));
  return parts;
}
