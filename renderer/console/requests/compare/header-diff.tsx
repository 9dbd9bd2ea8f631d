import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Comparison } from '../../../../server/contract/inspect.ts';
import { count } from '../../../shared/format.ts';
import classes from './compare-view.module.css';
import { Section } from './section.tsx';

type Header = Comparison['headers'][number];

/** The headers of both answers: those that differ first; the same ones and those that differ every time on demand. */
export function HeaderDiff({ headers }: { readonly headers: readonly Header[] }) {
  const [showsAll, setShowsAll] = useState(false);
  const differing = headers.filter((header) => header.left !== header.right && !header.isVolatile);
  const folded = headers.filter((header) => !differing.includes(header));
  const note = differing.length === 0 ? 'the same' : `${differing.length} of ${headers.length} differ`;
  return (
    <Section title="Headers" note={note}>
      {differing.length === 0 && !showsAll ? (
        <p className={classes.note}>No header differs that says anything.</p>
      ) : null}
      {differing.length > 0 || showsAll ? (
        <table className={classes.headers}>
          <thead>
            <tr>
              <th scope="col">Header</th>
              <th scope="col">Left</th>
              <th scope="col">Right</th>
            </tr>
          </thead>
          <tbody>
            {[...differing, ...(showsAll ? folded : [])].map((header) => (
              <HeaderRow key={header.name} header={header} />
            ))}
          </tbody>
        </table>
      ) : null}
      {folded.length > 0 ? (
        <UnstyledButton className={classes.more} aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Hide what is the same or differs every time' : foldedWords(folded)}
        </UnstyledButton>
      ) : null}
    </Section>
  );
}

function HeaderRow({ header: { name, left, right, isVolatile } }: { readonly header: Header }) {
  const differs = left !== right && !isVolatile;
  return (
    <tr data-differs={differs}>
      <th scope="row">
        {name}
        {isVolatile ? <span className={classes.volatile}> differs every time</span> : null}
      </th>
      <td data-side="left">{left ?? <i>not there</i>}</td>
      <td data-side="right">{right ?? <i>not there</i>}</td>
    </tr>
  );
}

function foldedWords(folded: readonly Header[]): string {
  const volatile = folded.filter(({ isVolatile, left, right }) => isVolatile && left !== right).length;
  const same = folded.length - volatile;
  const words = [
    same > 0 ? `${same} the same` : '',
    volatile > 0 ? `${count(volatile, 'header')} that ${volatile === 1 ? 'differs' : 'differ'} every time` : '',
  ];
  return `Show ${words.filter(Boolean).join(' and ')}`;
}
