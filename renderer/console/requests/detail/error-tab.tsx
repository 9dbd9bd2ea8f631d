import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import classes from './message-tabs.module.css';

/** The error that ended the request: what it said, its code, and where it was thrown. */
export function ErrorTab({ error }: { readonly error: NonNullable<RequestTrace['error']> }) {
  const text = error.stack ?? `${error.name}: ${error.message}`;
  return (
    <div>
      <p className={classes.errorMessage}>{error.message}</p>
      <p className={classes.errorCode}>
        {error.name}
        {error.code ? (
          <>
            {' · '}
            <code className="mono">{error.code}</code>
          </>
        ) : null}
      </p>
      {error.stack ? (
        <div className={classes.stackBox}>
          <pre className={classes.stack}>{error.stack}</pre>
          <span className={classes.stackCopy}>
            <CopyButton text={text} label="Copy the stack" />
          </span>
        </div>
      ) : (
        <p className={classes.note}>A refusal that was foreseen: it has no stack.</p>
      )}
    </div>
  );
}
