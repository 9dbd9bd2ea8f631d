import { UnstyledButton } from '@mantine/core';
import { Fragment, useMemo, useState } from 'react';
import { type Clause, clausesOf, type Token } from '../sql-text.ts';
import classes from './sql-tab.module.css';

/** A list of columns longer than this is cut until asked for: what is asked of a table matters more. */
const LONG_CLAUSE = 160;

/** A statement clause by clause, with what binds it to a store marked. */
export function SqlText({ sql }: { readonly sql: string }) {
  const clauses = useMemo(() => clausesOf(sql), [sql]);
  const [isWhole, setWhole] = useState(false);
  const isLong = clauses.some((clause) => lengthOf(clause) > LONG_CLAUSE);
  return (
    <>
      <pre className={classes.sql}>
        {clauses.map((clause, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the clauses of a text never change places.
          <span key={index} className={classes.clause} data-cut={!isWhole && lengthOf(clause) > LONG_CLAUSE}>
            <Tokens tokens={clause.tokens} />
          </span>
        ))}
      </pre>
      {isLong ? (
        <UnstyledButton className={classes.more} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show less' : 'Show the whole statement'}
        </UnstyledButton>
      ) : null}
    </>
  );
}

function Tokens({ tokens }: { readonly tokens: readonly Token[] }) {
  const stretches: { isScope: boolean; tokens: Token[] }[] = [];
  for (const token of tokens) {
    const last = stretches.at(-1);
    if (last?.isScope === token.isScope) last.tokens.push(token);
    else stretches.push({ isScope: token.isScope, tokens: [token] });
  }
  return stretches.map((stretch, index) => {
    const words = stretch.tokens.map((token, at) =>
      token.kind === 'plain' || token.kind === 'name' ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: the words of a text never change places.
        <Fragment key={at}>{token.text}</Fragment>
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above.
        <span key={at} data-kind={token.kind}>
          {token.text}
        </span>
      ),
    );
    return stretch.isScope ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <mark key={index} className={classes.scope} title="Binds the statement to one store">
        {words}
      </mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <Fragment key={index}>{words}</Fragment>
    );
  });
}

function lengthOf({ tokens }: Clause): number {
  return tokens.reduce((sum, { text }) => sum + text.length, 0);
}
