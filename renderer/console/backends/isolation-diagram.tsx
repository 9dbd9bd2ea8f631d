import { useId } from 'react';
import type { BackendId } from '../../../server/contract/backends.ts';
import { type BackendFacts, factsOf } from './backend-facts.ts';
import classes from './isolation-diagram.module.css';

/** Three colours that stand for three stores. */
export type StoreColors = readonly [string, string, string];

interface IsolationDiagramProps {
  readonly id: BackendId;
  readonly colors: StoreColors;
}

/** Draws what stores share and what each has for itself: rows of one table, folders of one database, or databases. */
export function IsolationDiagram({ id, colors }: IsolationDiagramProps) {
  const title = useId();
  const facts = factsOf(id);
  return (
    <svg viewBox="0 0 192 104" className={classes.diagram} role="img" aria-labelledby={title}>
      <title id={title}>{facts.drawing}</title>
      <Drawing facts={facts} colors={colors} />
    </svg>
  );
}

function Drawing({ facts, colors }: { readonly facts: BackendFacts; readonly colors: StoreColors }) {
  const isFile = facts.engine === 'sqlite';
  switch (facts.isolation) {
    case 'row':
      return (
        <>
          {isFile ? (
            <File x={42} y={8} width={108} height={88} fold={14} />
          ) : (
            <Cylinder x={30} y={6} width={132} height={92} />
          )}
          <SharedTable x={58} y={isFile ? 24 : 30} colors={colors} />
          {isFile ? null : <Lock x={142} y={54} />}
        </>
      );
    case 'schema':
      return (
        <>
          <Cylinder x={14} y={6} width={164} height={92} />
          {colors.map((color, index) => (
            <Folder key={color} x={25 + index * 49} y={40} color={color} />
          ))}
        </>
      );
    case 'database':
      return colors.map((color, index) => {
        const x = 14 + index * 58;
        return (
          <g key={color}>
            {isFile ? (
              <File x={x} y={16} width={48} height={72} fold={12} />
            ) : (
              <Cylinder x={x} y={14} width={48} height={76} />
            )}
            <OwnTable x={x + 8} y={isFile ? 36 : 38} color={color} />
          </g>
        );
      });
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A sheet with a folded corner. */
function File({ x, y, width, height, fold }: Box & { readonly fold: number }) {
  const right = x + width;
  const edge = right - fold;
  return (
    <>
      <path
        className={classes.container}
        d={`M${x + 5} ${y}H${edge}L${right} ${y + fold}V${y + height - 5}a5 5 0 0 1-5 5H${x + 5}a5 5 0 0 1-5-5V${y + 5}a5 5 0 0 1 5-5z`}
      />
      <path className={classes.line} d={`M${edge} ${y}V${y + fold}H${right}`} />
    </>
  );
}

/** The sign for a database. */
function Cylinder({ x, y, width, height }: Box) {
  const rx = width / 2;
  const ry = Math.min(11, width / 7);
  const top = y + ry;
  const bottom = y + height - ry;
  const arc = `a${rx} ${ry} 0 0 0 ${width} 0`;
  return (
    <>
      <path className={classes.container} d={`M${x} ${top}V${bottom}${arc}V${top}a${rx} ${ry} 0 0 0-${width} 0z`} />
      <path className={classes.line} d={`M${x} ${top}${arc}`} />
    </>
  );
}

/** One table whose rows belong to the stores in turn. */
function SharedTable({
  x,
  y,
  colors: [first, second, third],
}: {
  readonly x: number;
  readonly y: number;
  readonly colors: StoreColors;
}) {
  const rows = [first, second, first, third, second, third];
  const width = 76;
  return (
    <>
      <rect className={classes.table} x={x} y={y} width={width} height={60} rx={3} />
      {rows.map((color, index) => {
        const top = y + 4 + index * 9;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows never change their places
          <g key={index}>
            <rect x={x + 4} y={top} width={10} height={6} rx={1.5} className={classes.store} style={{ fill: color }} />
            <rect className={classes.text} x={x + 18} y={top + 1} width={index % 2 === 0 ? 26 : 20} height={4} rx={2} />
            <rect className={classes.text} x={x + 50} y={top + 1} width={index % 3 === 0 ? 14 : 20} height={4} rx={2} />
          </g>
        );
      })}
    </>
  );
}

/** A table of one store alone. */
function OwnTable({ x, y, color }: { readonly x: number; readonly y: number; readonly color: string }) {
  return (
    <>
      <rect className={classes.table} x={x} y={y} width={32} height={40} rx={3} />
      <rect x={x + 4} y={y + 4} width={24} height={6} rx={1.5} className={classes.store} style={{ fill: color }} />
      {[0, 1, 2].map((row) => (
        <rect
          key={row}
          className={classes.text}
          x={x + 4}
          y={y + 14 + row * 8}
          width={row === 1 ? 16 : 24}
          height={4}
          rx={2}
        />
      ))}
    </>
  );
}

/** A schema: a folder with the tables of one store. */
function Folder({ x, y, color }: { readonly x: number; readonly y: number; readonly color: string }) {
  return (
    <>
      <path
        className={classes.store}
        style={{ fill: color }}
        d={`M${x} ${y + 3}a3 3 0 0 1 3-3h12l4 5h19a3 3 0 0 1 3 3v6H${x}z`}
      />
      <path className={classes.table} d={`M${x} ${y + 9}h44v29a3 3 0 0 1-3 3H${x + 3}a3 3 0 0 1-3-3z`} />
      {[0, 1, 2].map((row) => (
        <rect
          key={row}
          className={classes.text}
          x={x + 6}
          y={y + 16 + row * 8}
          width={row === 1 ? 22 : 32}
          height={4}
          rx={2}
        />
      ))}
    </>
  );
}

/** Row-level security: the database itself keeps the rows apart. */
function Lock({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <>
      <circle className={classes.badge} cx={x} cy={y + 6} r={15} />
      <path className={classes.lock} d={`M${x - 4} ${y + 4}v-3a4 4 0 0 1 8 0v3`} />
      <rect className={classes.lockBody} x={x - 6} y={y + 4} width={12} height={9} rx={2} />
    </>
  );
}
