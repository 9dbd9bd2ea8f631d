import { Link } from 'react-router';
import type { StoreDetail } from '../../../../server/contract/stores.ts';
import { Panel } from '../../../shared/panel.tsx';
import { requestsLink } from '../store-links.ts';
import { StoreThumbnail } from '../store-thumbnail.tsx';
import { AddressList } from './address-list.tsx';
import { DataPanel } from './data-panel.tsx';
import { LatestRequests } from './latest-requests.tsx';
import classes from './overview-tab.module.css';
import { TrafficPanel } from './traffic-panel.tsx';

/** Where the store answers, what is in it, and what it was asked. */
export function OverviewTab({ store, onRetry }: { readonly store: StoreDetail; readonly onRetry: () => void }) {
  return (
    <div className={classes.tab}>
      <div className={classes.columns}>
        <div className={classes.main}>
          <Panel title="Addresses">
            <AddressList store={store} />
          </Panel>
          <Panel title="Latest requests" more={<Link to={requestsLink(store.code)}>All requests</Link>}>
            <LatestRequests store={store} />
          </Panel>
        </div>
        <div className={classes.side}>
          <div className={classes.home}>
            <Panel title="Home page">
              <StoreThumbnail store={store} />
            </Panel>
          </div>
          <div className={classes.traffic}>
            <Panel title="Traffic">
              <TrafficPanel store={store} />
            </Panel>
          </div>
          <div className={classes.data}>
            <DataPanel store={store} onRetry={onRetry} />
          </div>
        </div>
      </div>
    </div>
  );
}
