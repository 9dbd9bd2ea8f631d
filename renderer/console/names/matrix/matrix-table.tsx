import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronRight, IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import type { NameProbe } from '../../../../server/contract/names.ts';
import type { ListedStore } from '../../../../server/contract/stores.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import table from '../../../shared/data-table.module.css';
import { openInApp } from '../../../shared/open-in-app.ts';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import classes from './matrix.module.css';
import { addressOfName, CLIENTS, KINDS } from './matrix.ts';
import { Reason, Verdict, VerdictWord } from './verdict.tsx';

interface MatrixTableProps {
  readonly probes: readonly NameProbe[];
  readonly stores: readonly Pick<ListedStore, 'code' | 'name' | 'color'>[];
  readonly label: string;
}

/** Names against clients: which works where; a name opens to why and what to do. */
export function MatrixTable({ probes, stores, label }: MatrixTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section className={table.scroller} tabIndex={0} aria-label={label}>
      <table className={`${table.table} ${classes.matrix}`}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className={classes.leadsTo}>
              Leads to
            </th>
            {CLIENTS.map(({ client, label: title }) => (
              <th key={client} scope="col" className={classes.client}>
                {title}
              </th>
            ))}
            <th scope="col">
              <span className={table.hidden}>Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {probes.map((probe) => (
            <NameRows key={probe.name} probe={probe} store={stores.find(({ code }) => code === probe.store)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface NameRowsProps {
  readonly probe: NameProbe;
  readonly store: Pick<ListedStore, 'name' | 'color'> | undefined;
}

function NameRows({ probe, store }: NameRowsProps) {
  const [isOpen, setOpen] = useState(false);
  const url = addressOfName(probe, location.port);
  const rowId = `why-${probe.name}`;
  return (
    <>
      <tr data-open={isOpen || undefined}>
        <td>
          <button
            type="button"
            className={classes.name}
            aria-expanded={isOpen}
            aria-controls={isOpen ? rowId : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            <IconChevronRight size={14} aria-hidden="true" className={classes.chevron} />
            <code>{probe.name}</code>
          </button>
        </td>
        <td className={classes.leadsTo}>
          {store ? <StoreBadge name={store.name} color={store.color} size="sm" /> : null}
          <span className={store ? classes.kind : undefined}>{KINDS[probe.kind]}</span>
        </td>
        {CLIENTS.map(({ client }) => (
          <td key={client}>
            <Verdict probe={probe.clients.find((one) => one.client === client)} />
          </td>
        ))}
        <td className={table.buttons}>
          <CopyButton text={url} label={`Copy the address of ${probe.name}`} />
          <Tooltip label="Open in a new tab">
            <ActionIcon
              component="a"
              href={url}
              target="_blank"
              rel="noreferrer"
              onClick={openInApp}
              size="sm"
              aria-label={`Open ${probe.name}`}
            >
              <IconExternalLink size={14} />
            </ActionIcon>
          </Tooltip>
        </td>
      </tr>
      {isOpen ? (
        <tr id={rowId} className={classes.whyRow}>
          <td colSpan={CLIENTS.length + 3}>
            <dl className={classes.why}>
              {CLIENTS.map(({ client, label }) => {
                const one = probe.clients.find((candidate) => candidate.client === client);
                return one ? (
                  <div key={client}>
                    <dt>
                      {label}
                      <VerdictWord verdict={one.verdict} />
                    </dt>
                    <dd>
                      <Reason probe={one} />
                    </dd>
                  </div>
                ) : null;
              })}
            </dl>
          </td>
        </tr>
      ) : null}
    </>
  );
}
