import { Skeleton } from '@mantine/core';
import { Link } from 'react-router';
import type { DomainGuide, StoreDomain } from '../../../../server/contract/domains.ts';
import { openInApp } from '../../../shared/open-in-app.ts';
import { ErrorState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import { DomainHeader } from './domain-header.tsx';
import classes from './domains-tab.module.css';
import { GuideSteps } from './guide-steps.tsx';
import { RecordsTable } from './records-table.tsx';
import { type DomainActions, useDomainActions } from './use-domain-actions.ts';
import { VerifyStep } from './verify-step.tsx';

interface GuidePanelProps {
  readonly code: string;
  readonly domain: StoreDomain;
  readonly onRemoved: () => void;
}

/** One domain: its owner's way from the name to an answering shop, and what can be done to it. */
export function GuidePanel({ code, domain, onRemoved }: GuidePanelProps) {
  const guide = useRead('domainGuide', { params: { code, domain: domain.domain } });
  const actions = useDomainActions(code, domain, onRemoved);
  return (
    <section className={classes.guide} aria-label={domain.displayName}>
      <DomainHeader domain={domain} actions={actions} />
      {guide.data ? (
        <Steps guide={guide.data} actions={actions} />
      ) : guide.error ? (
        <ErrorState title="The guide could not be read" error={guide.error} onRetry={() => void guide.refetch()} />
      ) : (
        <Skeleton height={560} radius={0} />
      )}
    </section>
  );
}

function Steps({ guide, actions }: { readonly guide: DomainGuide; readonly actions: DomainActions }) {
  const { domain } = guide;
  return (
    <GuideSteps
      steps={guide.steps}
      contentOf={({ id, state }) => {
        if (id === 'records') return <Records guide={guide} />;
        if (id === 'verify') return <VerifyStep guide={guide} actions={actions} />;
        if (id === 'certificate')
          return (
            <p className={classes.stepLink}>
              <Link to="/names/certificates">Certificates of this machine</Link>
            </p>
          );
        if (id === 'ready' && state === 'done')
          return (
            <p className={classes.stepLink}>
              <a href={domain.url} target="_blank" rel="noreferrer" onClick={openInApp}>
                {domain.url}
              </a>
              <Link to={`/routing?url=${encodeURIComponent(domain.url)}`}>Why it leads here</Link>
            </p>
          );
        return null;
      }}
    />
  );
}

/** The records; put away once they have done their work. */
function Records({ guide: { records, domain } }: { readonly guide: DomainGuide }) {
  if (!domain.isVerified) return <RecordsTable records={records} />;
  return (
    <details className={classes.more}>
      <summary>Show the records</summary>
      <RecordsTable records={records} />
    </details>
  );
}
