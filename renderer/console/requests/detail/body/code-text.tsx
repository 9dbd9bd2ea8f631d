import { Button } from '@mantine/core';
import { Fragment, useMemo, useState } from 'react';
import { formatNumber } from '../../../../shared/format.ts';
import classes from './body-view.module.css';
import { htmlTokens, jsonTokens } from './code-tokens.ts';

/** More lines, or more letters, are shown only when asked for. */
const MOST_LINES = 500;
const MOST_LETTERS = 60_000;

interface CodeTextProps {
  readonly text: string;
  readonly language: 'json' | 'html' | 'plain';
}

/** A text as it is, in colours; long ones show their beginning first. */
export function CodeText({ text, language }: CodeTextProps) {
  const [isWhole, setWhole] = useState(false);
  const beginning = useMemo(() => beginningOf(text), [text]);
  const shown = isWhole ? text : beginning;
  // A very long text in thousands of coloured parts would take seconds to draw.
  const tokens = useMemo(() => {
    if (language === 'plain' || shown.length > MOST_LETTERS) return [{ text: shown, kind: 'plain' as const }];
    return language === 'json' ? jsonTokens(shown) : htmlTokens(shown);
  }, [shown, language]);
  return (
    <>
      <pre className={classes.code}>
        {tokens.map((token, index) =>
          token.kind === 'plain' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the words of a text never change places.
            <Fragment key={index}>{token.text}</Fragment>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <span key={index} data-kind={token.kind}>
              {token.text}
            </span>
          ),
        )}
      </pre>
      {shown.length < text.length ? (
        <Button variant="default" size="compact-xs" mt={8} onClick={() => setWhole(true)}>
          Show the other {formatNumber(text.length - shown.length)} characters
        </Button>
      ) : null}
    </>
  );
}

function beginningOf(text: string): string {
  const lines = text.slice(0, MOST_LETTERS).split('\n', MOST_LINES);
  const shown = lines.join('\n');
  // A few more lines are not worth a button.
  return text.length - shown.length < 200 ? text : shown;
}
