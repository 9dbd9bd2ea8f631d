import { IconExternalLink } from '@tabler/icons-react';
import { MASKED } from '../../../../server/contract/curl.ts';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import { STATUS_CODES } from '../status-codes.ts';
import { BodyView } from './body/body-view.tsx';
import { Cookies } from './cookies.tsx';
import { canOpen } from './detail-actions.tsx';
import classes from './message-tabs.module.css';
import { urlOf } from './url-of.ts';

/** The request as it was sent, secrets masked. */
export function RequestTab({ request }: { readonly request: RequestTrace }) {
  const { method, path, requestHeaders, requestBody, cookies } = request;
  return (
    <div>
      <p className={classes.start}>
        <b>{method}</b> {path}
      </p>
      <h3 className={classes.title}>Headers</h3>
      <Headers headers={requestHeaders} />
      <Cookies cookies={cookies.filter(({ direction }) => direction === 'sent')} hasAttributes={false} />
      <h3 className={classes.title}>Body</h3>
      {requestBody ? (
        <BodyView body={requestBody} label="Body of the request" />
      ) : (
        <p className={classes.note}>{sentBody(requestHeaders) ? NOT_KEPT : 'The request had no body.'}</p>
      )}
    </div>
  );
}

/** The answer as it was sent, secrets masked. */
export function ResponseTab({ request }: { readonly request: RequestTrace }) {
  const { status, responseHeaders, responseBody, cookies } = request;
  return (
    <div>
      <p className={classes.start}>
        <b>{status ?? '–'}</b> {status === null ? '' : (STATUS_CODES[status] ?? '')}
      </p>
      {status === 499 ? (
        <p className={classes.note}>The client went away before the answer was complete; 499 says so in the record.</p>
      ) : null}
      <h3 className={classes.title}>Headers</h3>
      <Headers headers={responseHeaders} />
      <Cookies cookies={cookies.filter(({ direction }) => direction === 'set')} hasAttributes />
      <h3 className={classes.title}>
        Body
        {canOpen(request) && isPage(responseHeaders) ? (
          <a className={classes.openPage} href={urlOf(request)} target="_blank" rel="noreferrer">
            Open the page <IconExternalLink size={13} aria-hidden="true" />
          </a>
        ) : null}
      </h3>
      {responseBody ? (
        <BodyView body={responseBody} label="Body of the answer" />
      ) : (
        <p className={classes.note}>
          {responseHeaders['content-length'] === '0' ? 'The answer had no body.' : NOT_KEPT}
        </p>
      )}
    </div>
  );
}

const NOT_KEPT = 'No body was kept: there was none, or Recording says that bodies are not kept.';

function sentBody(headers: Readonly<Record<string, string>>): boolean {
  return 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0;
}

function isPage(headers: Readonly<Record<string, string>>): boolean {
  return headers['content-type']?.startsWith('text/html') ?? false;
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
