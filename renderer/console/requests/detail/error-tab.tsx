import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import classes from './error-tab.module.css';

type TraceError = NonNullable<RequestTrace['error']>;

/** The error that ended the request: what it said, its code, and where it was thrown. */
export function ErrorTab({ error }: { readonly error: TraceError }) {
  return (
    <div>
      <p className={classes.message}>{error.message}</p>
      <p className={classes.code}>
        {error.name}
        {error.code ? (
          <>
            {' · '}
            <code className="mono">{error.code}</code>
          </>
        ) : null}
      </p>
      {error.source ? <Source source={error.source} /> : null}
      {error.stack ? (
        <section aria-label="Stack" className={classes.box}>
          <div className={classes.head}>
            <span className={classes.title}>Stack</span>
            <CopyButton text={error.stack} label="Copy the stack" />
          </div>
          <pre className={classes.stack}>{error.stack}</pre>
        </section>
      ) : (
        <p className={classes.note}>A refusal that was foreseen: it has no stack.</p>
      )}
    </div>
  );
}

/** The lines around the one that failed, which is lit. */
function Source({ source }: { readonly source: NonNullable<TraceError['source']> }) {
  const place = `${source.file}:${source.line}:${source.column}`;
  return (
    <section aria-label="Source" className={classes.box}>
      <div className={classes.head}>
        <code className={classes.place}>{place}</code>
        <CopyButton text={place} label="Copy the place" />
      </div>
      <pre className={classes.lines}>
        {source.excerpt.map(({ line, text }) => (
          <span key={line} className={classes.line} data-failing={line === source.line}>
            <span className={classes.number}>{line}</span>
            <span>{text || ' '}</span>
            {line === source.line ? <span className={classes.hidden}> (thrown here)</span> : null}
          </span>
        ))}
      </pre>
    </section>
  );
}
