import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { MASKED } from '../../../../../server/contract/curl.ts';
import type { CapturedBody } from '../../../../../server/contract/requests.ts';
import { CopyButton } from '../../../../shared/copy-button.tsx';
import { formatBytes } from '../../../../shared/format.ts';
import classes from './body-view.module.css';
import { CodeText } from './code-text.tsx';
import { JsonTree } from './json-tree.tsx';
import { formPairs, hexRows, imageAddress, readJson, type BodyView as View, viewsOf } from './read-body.ts';

const MOST_HEX_ROWS = 256;
const VIEW_WORDS: Readonly<Record<View, string>> = {
  pretty: 'Pretty',
  tree: 'Tree',
  table: 'Table',
  source: 'Source',
  image: 'Image',
  hex: 'Hex',
  raw: 'Raw',
};

interface BodyViewProps {
  readonly body: CapturedBody;
  /** What it is the body of, for screen readers. */
  readonly label: string;
}

/** A body as it was kept, in the way that suits its type; others are one press away. */
export function BodyView({ body, label }: BodyViewProps) {
  const views = useMemo(() => viewsOf(body), [body]);
  const [chosen, setChosen] = useState<View | null>(null);
  const view = views.find((one) => one === chosen) ?? views[0];
  return (
    <section aria-label={label} className={classes.body}>
      <div className={classes.head}>
        <span className={classes.facts}>{factsOf(body)}</span>
        {views.length > 1 && view ? (
          <SegmentedControl
            size="xs"
            aria-label="How the body is shown"
            value={view}
            onChange={(wanted) => setChosen(wanted as View)}
            data={views.map((value) => ({ value, label: VIEW_WORDS[value] }))}
          />
        ) : null}
        {body.text === null ? null : <CopyButton text={body.text} label="Copy the body" />}
      </div>
      <BodyNote body={body} />
      {view ? <Shown view={view} body={body} /> : null}
    </section>
  );
}

/** Why the body is not here as it was. */
function BodyNote({ body }: { readonly body: CapturedBody }) {
  const masked = body.text?.includes(MASKED) ? `${MASKED} stands for a secret that was masked.` : '';
  const note = [body.note ?? '', masked].filter(Boolean).join(' ');
  return note === '' ? null : <p className={classes.note}>{note}</p>;
}

function Shown({ view, body }: { readonly view: View; readonly body: CapturedBody }) {
  const text = body.text ?? '';
  switch (view) {
    case 'pretty':
      return <CodeText text={JSON.stringify(readJson(body), null, 2)} language="json" />;
    case 'tree':
      return (
        <div className={classes.code}>
          <JsonTree value={readJson(body)} />
        </div>
      );
    case 'table':
      return <FormTable text={text} />;
    case 'image':
      return (
        <div className={classes.image}>
          <img src={imageAddress(body)} alt="What the body shows" />
        </div>
      );
    case 'hex':
      return <HexDump base64={body.base64 ?? ''} />;
    case 'source':
      return <CodeText text={text} language="html" />;
    default:
      return <CodeText text={text} language="plain" />;
  }
}

function FormTable({ text }: { readonly text: string }) {
  return (
    <table className={classes.form}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {formPairs(text).map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the fields of a form may repeat and never change places.
          <tr key={index}>
            <th scope="row">{name}</th>
            <td>{value === MASKED ? <i>masked: may hold a secret</i> : value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function HexDump({ base64 }: { readonly base64: string }) {
  const rows = useMemo(() => hexRows(base64, MOST_HEX_ROWS), [base64]);
  const bytes = Math.floor((base64.length * 3) / 4);
  return (
    <>
      <pre className={classes.hex}>
        {rows.map(({ offset, hex, text }) => (
          <span key={offset} className={classes.hexRow}>
            <span className={classes.offset}>{offset}</span>
            <span className={classes.hexBytes}>{hex}</span>
            <span>{text}</span>
          </span>
        ))}
      </pre>
      {bytes > rows.length * 16 ? (
        <p className={classes.note}>The first {formatBytes(rows.length * 16)} are shown.</p>
      ) : null}
    </>
  );
}

function factsOf({ contentType, bytes, keptBytes }: CapturedBody): string {
  const kept = keptBytes < bytes ? `, ${formatBytes(keptBytes)} kept` : '';
  return `${contentType ?? 'no type'} · ${formatBytes(bytes)}${kept}`;
}
