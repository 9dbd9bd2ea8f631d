import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { useRead } from '../../api/queries.ts';
import { NearStores } from '../../stores/near-stores.tsx';
import { urlOf } from './url-of.ts';
import classes from './why-tab.module.css';

/** The stores that a request for an unknown one may have been meant for, as its page of error offers them. */
export function MeantStores({ request }: { readonly request: RequestTrace }) {
  const storeHeader = request.requestHeaders['x-store-id'];
  const { data: answer, error } = useRead('why', {
    body: { url: urlOf(request), method: request.method, ...(storeHeader ? { storeHeader } : {}) },
  });
  if (error) return null;
  return (
    <div className={classes.near} aria-busy={!answer}>
      {answer && answer.nearMatches.length > 0 ? <NearStores codes={answer.nearMatches} /> : null}
      {answer?.nearMatches.length === 0 ? 'No store has a similar code.' : null}
    </div>
  );
}
