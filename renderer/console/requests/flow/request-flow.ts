/** The way of a request from its client to its answer, as stations and the links between them. */
import type { RequestTrace, Rung } from '../../../../server/contract/requests.ts';
import { areaLabel, count, formatBytes, formatMs } from '../../../shared/format.ts';
import { redirectOf } from '../outcome.ts';
import { FLAG_WORDS, roleLabel } from '../request-words.ts';
import { STATUS_CODES } from '../status-codes.ts';
import { layoutWaterfall } from '../waterfall.ts';

/** `lit`: it decided or answered; `passed`: the request went by; `off`: it was not reached; `bad`: it ended here. */
export type StationState = 'lit' | 'passed' | 'off' | 'bad';

export interface Station {
  readonly id: string;
  /** At the left everything up to the decision, at the right what came of it. */
  readonly column: 0 | 1;
  readonly row: number;
  readonly title: string;
  readonly state: StationState;
  /** The state in a word or two; empty where the title says it all. */
  readonly word: string;
  /** What it looked at or what it is; monospace. */
  readonly saw: string;
  /** Why, in a few words. */
  readonly note: string;
  readonly time: string;
  /** The tab that tells more. */
  readonly tab: 'why' | 'timeline' | 'sql' | 'request' | 'response' | 'error';
}

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly isLit: boolean;
}

export interface RequestFlow {
  readonly stations: readonly Station[];
  readonly links: readonly Link[];
}

const RULE_TITLES: Readonly<Record<Rung['rule'], string>> = {
  admin: '1. Console',
  custom_domain: '2. Custom domain',
  subdomain: '3. Subdomain',
  path: '4. Path',
  header: '5. Header',
};
const RULE_WORDS: Readonly<Record<Rung['result'], string>> = {
  matched: 'won',
  no_match: 'no match',
  refused: 'refused',
  not_reached: 'not reached',
};
const RULE_STATES: Readonly<Record<Rung['result'], StationState>> = {
  matched: 'lit',
  no_match: 'passed',
  refused: 'bad',
  not_reached: 'off',
};
/** The row of the first rule. */
const FIRST_RULE = 2;

/** Lays the way of a request out. */
export function flowOf(request: RequestTrace): RequestFlow {
  const rules = request.ladder.map(ruleStation);
  const exit = exitOf(request.ladder);
  const stations = [
    clientStation(request),
    guardStation(request),
    ...rules,
    storeStation(request),
    areaStation(request),
    middlewareStation(request),
    databaseStation(request),
    responseStation(request),
  ];
  const before = ['client', 'guard', ...rules.slice(0, exit + 1).map(({ id }) => id)];
  const after = stations.filter(({ id, state }) => AFTER.includes(id) && isOnWay(state)).map(({ id }) => id);
  const lit = pairs([...before, ...after]);
  const known = new Set(lit.map(({ from, to }) => `${from} ${to}`));
  const unlit = [...pairs(['client', 'guard', ...rules.map(({ id }) => id)]), ...pairs(AFTER)].filter(
    ({ from, to }) => !known.has(`${from} ${to}`),
  );
  return {
    stations,
    links: [...unlit.map((link) => ({ ...link, isLit: false })), ...lit.map((link) => ({ ...link, isLit: true }))],
  };
}

const isOnWay = (state: StationState) => state === 'lit' || state === 'bad';

/** A refusal is answered at once: what ran and was asked meanwhile is not on its way. */
const isRefused = ({ outcome, ladder, status }: RequestTrace) =>
  outcome === 'refused' || (ladder.length === 0 && (status ?? 0) >= 400);

/** What follows the decision, in order. */
const AFTER = ['store', 'area', 'middleware', 'database', 'response'];

function pairs(ids: readonly string[]): { readonly from: string; readonly to: string }[] {
  return ids.slice(1).map((to, index) => ({ from: ids[index] ?? '', to }));
}

/** The rule after which the way turns: the one that refused or won, else the last that was tried; -1 without any. */
function exitOf(ladder: readonly Rung[]): number {
  const decided = ladder.findIndex(({ result }) => result === 'refused' || result === 'matched');
  return decided >= 0 ? decided : ladder.findLastIndex(({ result }) => result !== 'not_reached');
}

function clientStation({ method, path, role, scheme, httpVersion }: RequestTrace): Station {
  const note = [role === null ? '' : `as ${roleLabel(role)}`, `${scheme.toUpperCase()} ${httpVersion}`];
  return {
    ...{ id: 'client', column: 0, row: 0, title: 'Client', state: 'lit', word: '', tab: 'request', time: '' },
    saw: `${method} ${path}`,
    note: note.filter(Boolean).join(', '),
  };
}

function guardStation(request: RequestTrace): Station {
  const { host, ladder, status, spans } = request;
  const isStopped = ladder.length === 0 && status !== null && status >= 400;
  const isEarly = ladder.length === 0 && !isStopped;
  return {
    ...{ id: 'guard', column: 0, row: 1, title: 'Host guard', tab: 'why' },
    state: isStopped ? 'bad' : 'lit',
    word: isStopped ? 'refused' : '',
    saw: host === '' ? 'no host' : host,
    note: isStopped
      ? (request.refusal ?? 'The address is not readable')
      : isEarly
        ? 'Answered before the rules'
        : 'The address is readable',
    time: timeOf(spans.find(({ name }) => name === 'host-guard') ? ownMs(request, 'host-guard') : null),
  };
}

function ruleStation({ rule, result, input, reason, durationMs }: Rung, index: number): Station {
  return {
    ...{ id: `rule-${rule}`, column: 0, row: FIRST_RULE + index, title: RULE_TITLES[rule], tab: 'why' },
    state: RULE_STATES[result],
    word: RULE_WORDS[result],
    saw: result === 'not_reached' ? '' : input,
    note: reason,
    time: result === 'not_reached' ? '' : timeOf(durationMs),
  };
}

function storeStation(request: RequestTrace): Station {
  const { store, ladder, outcome } = request;
  const wasRefused = isRefused(request);
  return {
    ...{ id: 'store', column: 1, row: FIRST_RULE, title: 'Store', tab: 'why', time: '' },
    state: store ? (wasRefused ? 'bad' : 'lit') : 'off',
    word: store && wasRefused ? 'refused' : '',
    saw: store ? store.name : '',
    note: store ? store.code : noStoreWords(outcome, ladder.length),
  };
}

function noStoreWords(outcome: RequestTrace['outcome'], rules: number): string {
  if (rules === 0) return 'Not looked for';
  if (outcome === 'admin') return 'The console belongs to no store';
  return outcome === 'refused' ? 'None was reached' : 'No rule named one';
}

function areaStation({ area, outcome, route, cleanPath }: RequestTrace): Station {
  const isOff = area === null || outcome === 'refused' || outcome === null;
  const named = route && route !== 'none' ? route : null;
  return {
    ...{ id: 'area', column: 1, row: FIRST_RULE + 1, title: 'Area', tab: 'why', word: '', time: '' },
    state: isOff ? 'off' : 'lit',
    saw: isOff ? '' : (named ?? cleanPath ?? ''),
    note: isOff ? 'Not reached' : areaLabel(area),
  };
}

function middlewareStation(request: RequestTrace): Station {
  const { rows } = layoutWaterfall(request);
  const spans = rows.filter(({ kind }) => kind === 'span');
  const longest = spans.toSorted((one, other) => other.ownMs - one.ownMs)[0];
  const total = spans.reduce((sum, row) => sum + row.ownMs, 0);
  return {
    ...{ id: 'middleware', column: 1, row: FIRST_RULE + 2, title: 'Middleware', tab: 'timeline', word: '' },
    state: spans.length === 0 ? 'off' : isRefused(request) ? 'passed' : 'lit',
    saw: spans.length > 0 ? count(spans.length, 'span') : '',
    note: longest ? `longest: ${longest.label}, ${formatMs(longest.ownMs)}` : 'None ran',
    time: spans.length > 0 ? timeOf(total) : '',
  };
}

function databaseStation(request: RequestTrace): Station {
  const { sql, insights } = request;
  const total = sql.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const noticed = insights.filter(({ kind }) => kind !== 'slow').map(({ kind }) => FLAG_WORDS[kind].label);
  const hasFailed = sql.some(({ error }) => error !== null);
  return {
    ...{ id: 'database', column: 1, row: FIRST_RULE + 3, title: 'Database', tab: 'sql' },
    state: sql.length === 0 ? 'off' : isRefused(request) ? 'passed' : hasFailed ? 'bad' : 'lit',
    word: hasFailed ? 'failed' : (noticed[0] ?? ''),
    saw: sql.length === 0 ? '' : count(sql.length, 'statement'),
    note:
      sql.length === 0
        ? 'Not asked'
        : count(
            sql.reduce((sum, { rows }) => sum + rows, 0),
            'row',
          ),
    time: sql.length === 0 ? '' : timeOf(total),
  };
}

function responseStation(request: RequestTrace): Station {
  const { status, durationMs, responseHeaders, responseBody, error } = request;
  const length = responseBody?.bytes ?? Number(responseHeaders['content-length'] ?? Number.NaN);
  const facts = [responseHeaders['content-type']?.split(';')[0] ?? '', Number.isNaN(length) ? '' : formatBytes(length)];
  const redirect = redirectOf(request);
  return {
    ...{ id: 'response', column: 1, row: FIRST_RULE + 4, title: 'Response', word: '' },
    tab: error ? 'error' : 'response',
    state: status === null || status >= 400 ? 'bad' : 'lit',
    saw: `${status ?? 'no status'} ${status === null ? '' : (STATUS_CODES[status] ?? '')}`.trim(),
    note: error?.message ?? (redirect === null ? facts.filter(Boolean).join(', ') : `to ${redirect}`),
    time: timeOf(durationMs),
  };
}

/** Milliseconds that a span of this name took by itself. */
function ownMs(request: RequestTrace, name: string): number | null {
  return layoutWaterfall(request).rows.find(({ kind, label }) => kind === 'span' && label === name)?.ownMs ?? null;
}

function timeOf(milliseconds: number | null): string {
  if (milliseconds === null) return '';
  return milliseconds < 1 ? `${milliseconds.toFixed(2)} ms` : formatMs(milliseconds);
}
