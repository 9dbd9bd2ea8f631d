import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import { MASKED } from '../curl.ts';
import { STATUS_CODES } from '../status-codes.ts';
import classes from './message-tabs.module.css';

/** The request as it was sent, secrets masked. */
export function RequestTab({ request }: { readonly request: RequestTrace }) {
  return (
    <div>
      <p className={classes.start}>
        <b>{request.method}</b> {request.path}
      </p>
      <Headers headers={request.requestHeaders} />
      <p className={classes.note}>Bodies are not recorded.</p>
    </div>
  );
}

/** The answer as it was sent, secrets masked. */
export function ResponseTab({ request }: { readonly request: RequestTrace }) {
  const { status, responseHeaders } = request;
  return (
    <div>
      <p className={classes.start}>
        <b>{status ?? '–'}</b> {status === null ? '' : (STATUS_CODES[status] ?? '')}
      </p>
      {status === 499 ? (
        <p className={classes.note}>The client went away before the answer was complete; 499 says so in the record.</p>
      ) : null}
      <Headers headers={responseHeaders} />
      <p className={classes.note}>Bodies are not recorded.</p>
    </div>
  );
}

function Headers({ headers }: { readonly headers: Readonly<Record<string, string>> }) {
  const pairs = Object.entries(headers);
  if (pairs.length === 0) return <p className={classes.note}>No headers.</p>;
  return (
    <table className={classes.headers}>
      <thead className={classes.hiddenHead}>
        <tr>
          <th scope="col">Header</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {value === MASKED ? (
                <span className={classes.masked}>masked: may hold a secret</span>
              ) : (
                <span className={classes.value}>
                  <code>{value}</code>
                  <CopyButton text={value} label={`Copy ${name}`} />
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
