import { IconStarFilled } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { StoreDomain } from '../../../../server/contract/domains.ts';
import { StateLabel } from '../../../shared/state-label.tsx';
import { noteOf, stateOf } from './domains.ts';
import classes from './domains-tab.module.css';

interface DomainListProps {
  readonly code: string;
  readonly domains: readonly StoreDomain[];
  /** The one that is shown beside the list. */
  readonly chosen: string | null;
}

/** A store's own domains, each with where it stands. */
export function DomainList({ code, domains, chosen }: DomainListProps) {
  return (
    <ul className={classes.list} aria-label="Domains of this store">
      {domains.map((domain) => {
        const { word, tone } = stateOf(domain);
        return (
          <li key={domain.domain}>
            <Link
              to={`/stores/${encodeURIComponent(code)}?tab=domains&domain=${encodeURIComponent(domain.domain)}`}
              replace
              preventScrollReset
              className={classes.item}
              aria-current={domain.domain === chosen ? 'true' : undefined}
            >
              <span className={classes.itemName}>
                <code>{domain.displayName}</code>
                {domain.isPrimary ? (
                  <span className={classes.star}>
                    <IconStarFilled size={12} aria-hidden="true" />
                    primary
                  </span>
                ) : null}
              </span>
              <StateLabel tone={tone}>{word}</StateLabel>
              <span className={classes.itemNote} data-bad={domain.lastFault !== null || undefined}>
                {noteOf(domain)}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
