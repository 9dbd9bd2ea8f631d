/** How the decision is drawn: the way of a request past the five rules, and what came of it. */
import type { Resolution, Rung } from '../../../server/contract/requests.ts';
import { areaLabel, modeLabel } from '../../shared/format.ts';
import type { Tone } from '../../shared/state-label.tsx';

export interface FlowNode {
  readonly rule: Rung['rule'];
  readonly title: string;
  readonly result: Rung['result'];
  /** The result in a word or two. */
  readonly word: string;
  /** What the rule looked at; null when it was not reached or there was nothing. */
  readonly saw: string | null;
  /** True when the request came this far. */
  readonly isOnPath: boolean;
}

export interface Flow {
  readonly nodes: readonly FlowNode[];
  /** The index of the rule after which it was decided; -1: before the first one. */
  readonly exit: number;
  readonly tone: Tone;
}

const TITLES: Readonly<Record<Rung['rule'], string>> = {
  admin: 'Console',
  custom_domain: 'Custom domain',
  subdomain: 'Subdomain',
  path: 'Path',
  header: 'Header',
};

const WORDS: Readonly<Record<Rung['result'], string>> = {
  matched: 'won',
  no_match: 'no match',
  refused: 'refused',
  not_reached: 'not reached',
};

/** The drawing of a decision. */
export function flowOf(resolution: Pick<Resolution, 'ladder' | 'outcome' | 'redirectTo'>): Flow {
  const { ladder } = resolution;
  const exit = exitOf(ladder);
  return {
    nodes: ladder.map(({ rule, result, input }, index) => ({
      rule,
      title: TITLES[rule],
      result,
      word: WORDS[result],
      saw: result === 'not_reached' || input === '' ? null : input,
      isOnPath: index <= exit,
    })),
    exit,
    tone: toneOf(resolution),
  };
}

/** The rule that decided: the one that refused, else the winner, else the last that was tried. */
function exitOf(ladder: readonly Rung[]): number {
  const refused = ladder.findIndex(({ result }) => result === 'refused');
  if (refused >= 0) return refused;
  const won = ladder.findIndex(({ result }) => result === 'matched');
  return won >= 0 ? won : ladder.findLastIndex(({ result }) => result !== 'not_reached');
}

export interface OutcomeWords {
  readonly title: string;
  /** A whole sentence. */
  readonly text: string;
  /** A word for the label beside the title. */
  readonly label: string;
  readonly tone: Tone;
}

type Decided = Pick<Resolution, 'outcome' | 'store' | 'area' | 'mode' | 'refusal' | 'redirectTo'>;

/** What comes of the request, in words. */
export function outcomeWords(resolution: Decided): OutcomeWords {
  const { outcome, store, area, mode, refusal, redirectTo } = resolution;
  const tone = toneOf(resolution);
  if (outcome === 'refused') {
    const title = store ? store.name : 'No store is reached';
    return {
      title,
      text: refusal?.message ?? 'The request is refused.',
      label: `refused, ${refusal?.status ?? 400}`,
      tone,
    };
  }
  if (redirectTo !== null) {
    const title = store ? store.name : 'Redirect';
    return { title, text: `The answer leads on to ${redirectTo}.`, label: 'redirect', tone };
  }
  if (outcome === 'store' && store) {
    return {
      title: store.name,
      text: `Its ${areaLabel(area)} answers, found by ${modeLabel(mode)}.`,
      label: 'reached',
      tone,
    };
  }
  if (outcome === 'admin') {
    return { title: 'The console', text: 'No store is looked for.', label: 'console', tone };
  }
  const title = area === 'api' ? 'The platform’s API' : 'The landing page';
  return { title, text: 'The platform itself answers: no rule named a store.', label: 'no store', tone };
}

function toneOf({ outcome, redirectTo }: Pick<Resolution, 'outcome' | 'redirectTo'>): Tone {
  if (outcome === 'refused') return 'bad';
  return outcome === 'store' && redirectTo === null ? 'good' : 'info';
}

const HOST_KINDS: Readonly<Record<string, string>> = {
  platform: 'the platform itself',
  admin: 'the console’s name',
  subdomain: 'a name directly below the platform',
  nested: 'more than one label below the platform',
  foreign: 'a name outside the platform',
  ip: 'an address, not a name',
};

/** What kind of host was named, in words. */
export function hostKindLabel(kind: string | null): string {
  return kind === null ? 'not readable' : (HOST_KINDS[kind] ?? kind);
}
