import type { DiffLine } from '../../../../server/contract/names.ts';
import classes from './diff-view.module.css';
import { type ShownLine, shownLines } from './hosts.ts';

const WORDS: Readonly<Record<ShownLine['kind'], string>> = {
  added: 'added: ',
  removed: 'removed: ',
  same: '',
  gap: '',
};

/** Changed lines of a file with some around them, with their numbers before and after. */
export function DiffView({ diff, label }: { readonly diff: readonly DiffLine[]; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section className={classes.diff} tabIndex={0} aria-label={label}>
      <ol className={classes.lines}>
        {shownLines(diff).map((line) => (
          <Line key={line.key} line={line} />
        ))}
      </ol>
    </section>
  );
}

function Line({ line: { kind, sign, text, before, after } }: { readonly line: ShownLine }) {
  if (kind === 'gap')
    return (
      <li className={classes.gap}>
        <span aria-hidden="true">⋯</span>
        <span className={classes.hidden}>lines that stay as they are</span>
      </li>
    );
  return (
    <li className={classes.line} data-kind={kind}>
      <span className={classes.number} aria-hidden="true">
        {before}
      </span>
      <span className={classes.number} aria-hidden="true">
        {after}
      </span>
      <span className={classes.sign} aria-hidden="true">
        {sign}
      </span>
      <code className={classes.text}>
        <span className={classes.hidden}>{WORDS[kind]}</span>
        {text === '' ? ' ' : text}
      </code>
    </li>
  );
}
