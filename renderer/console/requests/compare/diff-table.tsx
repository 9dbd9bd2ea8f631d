import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { DiffLine } from '../../../../server/contract/names.ts';
import { formatNumber } from '../../../shared/format.ts';
import classes from './compare-view.module.css';
import { type DiffRow, differingParts, type Parts, type Side, sideBySide } from './side-by-side.ts';

/** More rows than these are drawn only when asked for. */
const MOST_ROWS = 400;

interface DiffTableProps {
  readonly lines: readonly DiffLine[];
  /** Said when nothing differs. */
  readonly same: string;
  readonly label: string;
}

/** The lines of two texts side by side; what differs within a pair of lines is marked. */
export function DiffTable({ lines, same, label }: DiffTableProps) {
  const rows = useMemo(() => sideBySide(lines), [lines]);
  const [isWhole, setWhole] = useState(false);
  if (!rows.some(({ kind }) => kind === 'changed')) return <p className={classes.note}>{same}</p>;
  const shown = isWhole ? rows : rows.slice(0, MOST_ROWS);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable with the keyboard. */}
      <section className={classes.diffBox} tabIndex={0} aria-label={`${label}, line by line`}>
        <table className={classes.diff}>
          <colgroup>
            <col className={classes.numberColumn} />
            <col />
            <col className={classes.numberColumn} />
            <col />
          </colgroup>
          <thead className={classes.hiddenHead}>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Left</th>
              <th scope="col">Line</th>
              <th scope="col">Right</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change places.
              <Row key={index} row={row} />
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < rows.length ? (
        <Button variant="default" size="compact-sm" mt={8} onClick={() => setWhole(true)}>
          Show all {formatNumber(rows.length)} lines
        </Button>
      ) : null}
    </>
  );
}

function Row({ row: { kind, left, right } }: { readonly row: DiffRow }) {
  const parts = kind === 'changed' && left && right ? differingParts(left.text, right.text) : null;
  return (
    <tr data-kind={kind}>
      <Cells side={left} parts={parts?.[0] ?? null} name="left" />
      <Cells side={right} parts={parts?.[1] ?? null} name="right" />
    </tr>
  );
}

interface CellsProps {
  readonly side: Side | null;
  readonly parts: Parts | null;
  readonly name: 'left' | 'right';
}

function Cells({ side, parts, name }: CellsProps) {
  const Marked = name === 'left' ? 'del' : 'ins';
  return (
    <>
      <td className={classes.lineNumber}>{side?.number ?? ''}</td>
      <td className={classes.lineText} data-side={name} data-empty={side === null}>
        {parts ? (
          <>
            {parts.before}
            {parts.middle === '' ? null : <Marked>{parts.middle}</Marked>}
            {parts.after}
          </>
        ) : (
          (side?.text ?? '')
        )}
      </td>
    </>
  );
}
