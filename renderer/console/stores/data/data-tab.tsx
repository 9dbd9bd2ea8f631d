import { Skeleton } from '@mantine/core';
import { Link } from 'react-router';
import type { StoreData } from '../../../../server/contract/backends.ts';
import { Copyable } from '../../../shared/copy-button.tsx';
import { Fact, Facts } from '../../../shared/facts.tsx';
import { count, formatBytes, formatMoment, formatNumber } from '../../../shared/format.ts';
import { Panel } from '../../../shared/panel.tsx';
import { ShareBar } from '../../../shared/share-bar.tsx';
import { StateLabel } from '../../../shared/state-label.tsx';
import { ErrorState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import { nameOf } from '../../backends/backend-facts.ts';
import { tableLink } from '../store-links.ts';
import classes from './data-tab.module.css';

/** Where a store's data lies, its tables with their rows, and its migrations. */
export function DataTab({ code }: { readonly code: string }) {
  const data = useRead('storeData', { params: { code } });
  if (data.data) return <LoadedTab code={code} data={data.data} />;
  if (data.error)
    return (
      <ErrorState title="The store's data cannot be read" error={data.error} onRetry={() => void data.refetch()} />
    );
  return (
    <div className={classes.columns} aria-hidden="true">
      <Skeleton height={480} radius="md" />
      <Skeleton height={320} radius="md" />
    </div>
  );
}

function LoadedTab({ code, data }: { readonly code: string; readonly data: StoreData }) {
  const rows = data.tables.reduce((sum, table) => sum + table.rows, 0);
  return (
    <div className={classes.tab}>
      <div className={classes.columns}>
        <Panel
          title="Tables"
          more={
            <span className={classes.muted}>
              {count(data.tables.length, 'table')}, {count(rows, 'row')}
            </span>
          }
        >
          <Tables code={code} tables={data.tables} />
        </Panel>
        <div className={classes.side}>
          <Panel title="Where it lies" more={<Link to="/backends">Backends</Link>}>
            <Facts nameWidth={72}>
              <Fact name="Backend">{nameOf(data.backend)}</Fact>
              <Fact name="Place">
                <Copyable text={data.location} label="Copy the place" />
              </Fact>
              <Fact name="Size">
                {data.sizeBytes === null ? 'not known: stores share these tables' : formatBytes(data.sizeBytes)}
              </Fact>
              <Fact name="Shell">
                <Copyable text={data.shellCommand} label="Copy the command" />
              </Fact>
            </Facts>
            <p className={classes.note}>
              The command opens this store's data in a terminal of the machine that the server runs on.
            </p>
          </Panel>
          <Migrations migrations={data.migrations} />
        </div>
      </div>
    </div>
  );
}

function Tables({ code, tables }: { readonly code: string; readonly tables: StoreData['tables'] }) {
  const most = Math.max(1, ...tables.map(({ rows }) => rows));
  return (
    <table className={classes.tables}>
      <thead>
        <tr>
          <th scope="col">Table</th>
          <th scope="col">Columns</th>
          <th scope="col">Rows</th>
        </tr>
      </thead>
      <tbody>
        {tables.map(({ name, rows, columns }) => (
          <tr key={name}>
            <td>
              <Link to={tableLink(code, name)} className={classes.link}>
                {name}
              </Link>
            </td>
            <td>{columns}</td>
            <td>
              <span className={classes.rows}>
                <ShareBar value={rows} max={most} />
                <span data-none={rows === 0 || undefined}>{formatNumber(rows)}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Migrations({ migrations }: Pick<StoreData, 'migrations'>) {
  const open = migrations.filter(({ executedAt }) => executedAt === null).length;
  return (
    <Panel
      title="Migrations"
      more={
        <StateLabel tone={open === 0 ? 'good' : 'warn'}>{open === 0 ? 'all applied' : `${open} to apply`}</StateLabel>
      }
    >
      <ol className={classes.migrations}>
        {migrations.map(({ name, executedAt }) => (
          <li key={name}>
            <code className="mono clip" title={name}>
              {name}
            </code>
            <span className={classes.muted}>{executedAt === null ? 'not applied' : momentOf(executedAt)}</span>
          </li>
        ))}
      </ol>
      {open === 0 ? null : (
        <p className={classes.note}>
          <Copyable text="orion migrate" label="Copy the command" /> applies them.
        </p>
      )}
    </Panel>
  );
}

/** The server gives ISO 8601; what is not is shown as it is. */
function momentOf(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : formatMoment(at);
}
