import { Skeleton } from '@mantine/core';
import { IconWorldPlus } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import type { ListedStore } from '../../../../server/contract/stores.ts';
import { Panel } from '../../../shared/panel.tsx';
import { EmptyState, ErrorState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import { AddDomainForm } from './add-domain-form.tsx';
import { DomainList } from './domain-list.tsx';
import { chosenDomain, sortedDomains } from './domains.ts';
import classes from './domains-tab.module.css';
import { GuidePanel } from './guide-panel.tsx';

/** A store's own domains: added, proven, made primary, switched off and removed. */
export function DomainsTab({ store }: { readonly store: Pick<ListedStore, 'code' | 'name'> }) {
  const { code } = store;
  const [params, setParams] = useSearchParams();
  const list = useRead('storeDomains', { params: { code } });
  const show = (domain: string | null) =>
    setParams({ tab: 'domains', ...(domain === null ? {} : { domain }) }, { replace: true, preventScrollReset: true });
  if (list.error && !list.data)
    return <ErrorState title="The domains could not be read" error={list.error} onRetry={() => void list.refetch()} />;
  const domains = sortedDomains(list.data?.domains ?? []);
  const chosen = chosenDomain(domains, params.get('domain'));
  return (
    <div className={classes.tab}>
      <div className={classes.columns}>
        <div className={classes.side}>
          <Panel title="Add a domain">
            <AddDomainForm code={code} onAdded={({ domain }) => show(domain.domain)} />
          </Panel>
          {!list.data ? (
            <Skeleton height={136} radius="md" />
          ) : domains.length > 0 ? (
            <Panel title="Domains">
              <DomainList code={code} domains={domains} chosen={chosen?.domain ?? null} />
            </Panel>
          ) : null}
        </div>
        {!list.data ? (
          <Skeleton height={640} radius="md" />
        ) : chosen ? (
          <GuidePanel key={chosen.domain} code={code} domain={chosen} onRemoved={() => show(null)} />
        ) : (
          <div className={classes.empty}>
            <EmptyState icon={<IconWorldPlus size={24} />} title="No domain of its own yet">
              {store.name} answers at its subdomain. Add a domain, enter two records at its registrar, and shoppers
              reach the store there as well.
            </EmptyState>
          </div>
        )}
      </div>
    </div>
  );
}
