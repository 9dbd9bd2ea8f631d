import { MASKED } from '../../../../server/contract/curl.ts';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import classes from './message-tabs.module.css';

interface CookiesProps {
  readonly cookies: RequestTrace['cookies'];
  /** Of cookies that were set: where and how long they hold. */
  readonly hasAttributes: boolean;
}

/** The cookies of a message as a table; nothing when there are none. */
export function Cookies({ cookies, hasAttributes }: CookiesProps) {
  if (cookies.length === 0) return null;
  return (
    <>
      <h3 className={classes.title}>Cookies</h3>
      <table className={classes.headers}>
        <thead className={classes.hiddenHead}>
          <tr>
            <th scope="col">Cookie</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {cookies.map(({ name, value, attributes }) => (
            <tr key={`${name} ${attributes}`}>
              <th scope="row">{name}</th>
              <td>
                {value === MASKED ? (
                  <span className={classes.masked}>masked: may hold a secret</span>
                ) : (
                  <code className="mono">{value}</code>
                )}
                {hasAttributes && attributes !== '' ? <div className={classes.attributes}>{attributes}</div> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
