import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { Rung } from '../../server/contract/requests.ts';
import { formatMs } from './format.ts';
import classes from './ladder.module.css';
import { StateLabel, type Tone } from './state-label.tsx';
import { StepMark } from './step-mark.tsx';
import { StoreBadge } from './store-badge.tsx';

interface LadderProps {
  /** The rungs in the order in which the rules are tried. */
  readonly ladder: readonly Rung[];
  /** The store that was found; shown on the rung that won. */
  readonly store?: { readonly name: string; readonly color: string } | null;
}

/** The routing ladder: every rule with what it saw, the winner lit, the others with the reason why they did not win. */
export function Ladder({ ladder, store = null }: LadderProps) {
  return (
    <ol className={classes.ladder} aria-label="Routing rules in the order they are tried">
      {ladder.map((rung, index) => (
        <RungItem key={rung.rule} rung={rung} number={index + 1} store={rung.result === 'matched' ? store : null} />
      ))}
    </ol>
  );
}

interface RungItemProps {
  readonly rung: Rung;
  readonly number: number;
  readonly store: LadderProps['store'];
}

function RungItem({ rung, number, store }: RungItemProps) {
  const { title, looksAt } = RULE_WORDS[rung.rule];
  const result = RESULT_WORDS[rung.result];
  return (
    <li className={classes.rung} data-result={rung.result}>
      <div className={classes.mark}>
        <StepMark look={MARKS[rung.result]}>
          <RungMark rung={rung} number={number} />
        </StepMark>
      </div>
      <div className={classes.body}>
        <div className={classes.head}>
          <span className={classes.rule}>{title}</span>
          <span className={classes.looksAt}>{looksAt}</span>
          <StateLabel tone={result.tone}>{result.word}</StateLabel>
        </div>
        <p className={classes.reason}>{sentence(rung.reason)}</p>
        {store ? (
          <div className={classes.store}>
            <StoreBadge name={store.name} color={store.color} size="sm" />
          </div>
        ) : null}
        {rung.input !== '' && rung.result !== 'not_reached' ? (
          <p className={classes.fact}>
            <span className={classes.key}>Saw</span>
            <code className={classes.code}>{rung.input}</code>
          </p>
        ) : null}
        {rung.query === null ? null : (
          <p className={classes.fact}>
            <span className={classes.key}>Asked</span>
            <code className={classes.code}>{rung.query}</code>
            <span className={classes.source}>{`${sourceOf(rung)} · ${formatLookup(rung.durationMs)}`}</span>
          </p>
        )}
      </div>
    </li>
  );
}

const MARKS = { matched: 'good', refused: 'bad', no_match: 'plain', not_reached: 'dashed' } as const;

function RungMark({ rung, number }: { readonly rung: Rung; readonly number: number }) {
  if (rung.result === 'matched') return <IconCheck size={14} stroke={2.5} />;
  if (rung.result === 'refused') return <IconX size={14} stroke={2.5} />;
  if (rung.result === 'no_match') return <IconMinus size={14} stroke={2.5} />;
  return number;
}

const RULE_WORDS: Readonly<Record<Rung['rule'], { readonly title: string; readonly looksAt: string }>> = {
  admin: { title: 'Console', looksAt: 'admin host, or /admin on the platform' },
  custom_domain: { title: 'Custom domain', looksAt: 'the whole host name' },
  subdomain: { title: 'Subdomain', looksAt: 'one label before the platform’s domain' },
  path: { title: 'Path', looksAt: '/storefront/{code}, /store/{code}' },
  header: { title: 'Header', looksAt: 'X-Store-ID on /api' },
};

const RESULT_WORDS: Readonly<Record<Rung['result'], { readonly word: string; readonly tone: Tone }>> = {
  matched: { word: 'won', tone: 'good' },
  no_match: { word: 'no match', tone: 'plain' },
  refused: { word: 'refused', tone: 'bad' },
  not_reached: { word: 'not reached', tone: 'plain' },
};

function sourceOf(rung: Rung): string {
  return rung.cached ? 'from the cache' : 'from the database';
}

/** Look-ups take hundredths of a millisecond: `formatMs` would show them all as 0.0 ms. */
function formatLookup(milliseconds: number): string {
  return milliseconds < 0.1 ? `${milliseconds.toFixed(2)} ms` : formatMs(milliseconds);
}

/** Reasons are written as parts of a sentence. */
function sentence(reason: string): string {
  if (reason === '') return '';
  const capital = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
